import { fieldError, type FieldError, type GatePolicy, type QualificationGate } from '@headwater/contracts';
import { checkCondition, type FieldCatalogue } from '@headwater/rules';
import type { NamedFramework } from './frameworks';
import { LEAD_FIELDS } from '../lead-facts';
import { gateFields } from './gate-facts';
import { frameworkOf } from './gate-policy';

/** Everything that keeps a document of the right shape from being a gate policy: names that point nowhere or are given twice, conditions that are none. */
export function checkGatePolicy(policy: GatePolicy, frameworks: ReadonlyMap<string, NamedFramework>): FieldError[] {
  const segments = policy.segments ?? [];
  return [
    ...distinct(segments.map(({ name }) => name), (i) => `segments.${i}.name`),
    ...segments.flatMap((segment, i) => [
      ...checkWhen(segment.when, `segments.${i}.when`, LEAD_FIELDS), ...checkGate(segment, `segments.${i}`, frameworks),
    ]),
    ...checkGate(policy.default, 'default', frameworks),
  ];
}

function checkGate(gate: QualificationGate, path: string, frameworks: ReadonlyMap<string, NamedFramework>): FieldError[] {
  const framework = frameworks.get(frameworkOf(gate));
  if (!framework) {
    return [fieldError(`${path}.framework`, 'unknown_framework', `There is no framework ${gate.framework}; there are ${[...frameworks.keys()].join(', ')}`)];
  }
  const elements = framework.document.elements.map(({ name }) => name);
  const [requires, conditions] = [gate.requires ?? [], gate.conditions ?? []];
  return [
    ...distinct(requires.map(({ element }) => element), (i) => `${path}.requires.${i}.element`),
    ...requires.flatMap(({ element }, i) => (elements.includes(element) ? [] : [fieldError(`${path}.requires.${i}.element`, 'unknown_element',
      `${framework.document.label} has no element ${element}; it has ${elements.join(', ')}`)])),
    ...distinct(conditions.map(({ name }) => name), (i) => `${path}.conditions.${i}.name`),
    ...conditions.flatMap(({ when }, i) => checkWhen(when, `${path}.conditions.${i}.when`, gateFields(elements))),
  ];
}

const checkWhen = (when: object, path: string, fields: FieldCatalogue): FieldError[] =>
  checkCondition(when, fields).map((problem) => fieldError(`${path}${problem.path.replaceAll('/', '.')}`, problem.code, problem.message));

const distinct = (names: readonly string[], place: (i: number) => string): FieldError[] =>
  names.flatMap((name, i) => (names.indexOf(name) < i ? [fieldError(place(i), 'not_unique', `${place(i)} is there before: ${name}`)] : []));
