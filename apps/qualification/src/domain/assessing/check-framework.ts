import { fieldError, type FieldError, type Framework, type GatePolicy } from '@headwater/contracts';
import { requiredOf } from './gate-policy';

const WHOLE = 100;
/** What the assessment itself is called in the conditions of a gate. */
const TAKEN = ['score', 'verdict'];

/**
 * Everything that keeps a document of the right shape from being the framework of that name.
 * @param policy that is in force: it may name elements of the framework, which then can't go
 */
export function checkFramework(name: string, { elements, shares }: Framework, policy: GatePolicy): FieldError[] {
  const names = elements.map((element) => element.name);
  return [
    ...(elements.length === 0 ? [fieldError('elements', 'required', 'elements must name what is judged')] : []),
    ...names.flatMap((element, i) => [
      ...(names.indexOf(element) < i ? [fieldError(`elements.${i}.name`, 'not_unique', `elements.${i}.name is there before: ${element}`)] : []),
      ...(TAKEN.includes(element) ? [fieldError(`elements.${i}.name`, 'reserved_name', `No element is called ${TAKEN.join(' or ')}`)] : []),
    ]),
    ...checkWeights(elements),
    ...(shares && shares.weak > shares.partial ? [fieldError('shares.weak', 'too_large', 'shares.weak must be at most shares.partial')] : []),
    ...requiredOf(policy, name).filter((element) => !names.includes(element)).map((element) =>
      fieldError('elements', 'element_in_use', `elements must have ${element}: the gate policy in force asks for it`)),
  ];
}

function checkWeights(elements: Framework['elements']): FieldError[] {
  const sum = elements.reduce((all, { weight }) => all + weight, 0);
  return elements.length === 0 || sum === WHOLE ? [] : [
    fieldError('elements', 'wrong_sum', `The weights of all elements (${elements.map(({ name }) => name).join(', ')}) are together ${sum}, and must be ${WHOLE}`)];
}
