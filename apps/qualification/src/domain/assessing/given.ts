import { DomainError, fieldError, type AssessRequest, type FieldError, type GivenElement, type NamedElement, type QualifyBody } from '@headwater/contracts';
import type { By } from '../lead-status';
import type { NamedFramework } from './frameworks';
import type { SaidOfElement } from './standing';

/** What a person said by one framework. */
export interface Given { framework: NamedFramework; elements: NamedElement[] }

type Frameworks = ReadonlyMap<string, NamedFramework>;

/**
 * What a person said of elements with a qualification: under `bant`, `meddic` and `assessment`.
 * @throws DomainError `invalid` with every element and framework that there isn't
 */
export function givenWith({ bant, meddic, assessment }: Pick<QualifyBody, 'bant' | 'meddic' | 'assessment'>, frameworks: Frameworks): Given[] {
  const errors: FieldError[] = [];
  const given = [
    ...(bant ? [byName('bant', bant, frameworks, errors)] : []),
    ...(meddic ? [byName('meddic', meddic, frameworks, errors)] : []),
    ...(assessment ? [listed(assessment, 'assessment.', frameworks, errors)] : []),
  ];
  const named = { bant, meddic }[assessment?.framework as 'bant' | 'meddic'];
  if (named) errors.push(fieldError('assessment.framework', 'not_unique', `${assessment!.framework} is given by its name already`));
  if (errors.length > 0) throw DomainError.invalid(errors);
  return given.filter((one): one is Given => one !== null && one.elements.length > 0);
}

/** The same of an assessment by itself. @throws DomainError `invalid` */
export function givenIn(request: AssessRequest, frameworks: Frameworks): Given {
  const errors: FieldError[] = [];
  const given = listed(request, '', frameworks, errors);
  if (!given || errors.length > 0) throw DomainError.invalid(errors);
  return given;
}

/** As it is kept, in the name of the person. */
export const saidBy = ({ framework, elements }: Given, { actor, at }: By): SaidOfElement[] =>
  elements.map(({ element, status, value, evidence, confidence }) => ({
    framework: framework.name, element, status, value: value ?? null, details: null, evidence: evidence ?? [], confidence: confidence ?? null,
    by: actor, at, proposal_id: null, proposed: false,
  }));

function byName(name: string, given: object, frameworks: Frameworks, errors: FieldError[]): Given | null {
  const elements = Object.entries(given as Record<string, GivenElement | null>)
    .flatMap(([element, said]) => (said ? [{ ...said, element }] : []));
  return checked(name, elements, { framework: name, element: (i) => `${name}.${elements[i].element}` }, frameworks, errors);
}

function listed({ framework, elements }: AssessRequest, prefix: string, frameworks: Frameworks, errors: FieldError[]): Given | null {
  if (elements.length === 0) errors.push(fieldError(`${prefix}elements`, 'required', `${prefix}elements must name an element`));
  elements.forEach(({ element }, i) => {
    if (elements.findIndex((other) => other.element === element) < i) {
      errors.push(fieldError(`${prefix}elements.${i}.element`, 'not_unique', `${element} is there before`));
    }
  });
  return checked(framework, elements, { framework: `${prefix}framework`, element: (i) => `${prefix}elements.${i}.element` }, frameworks, errors);
}

function checked(
  name: string, elements: NamedElement[], at: { framework: string; element: (i: number) => string }, frameworks: Frameworks, errors: FieldError[],
): Given | null {
  const framework = frameworks.get(name);
  if (!framework) {
    errors.push(fieldError(at.framework, 'unknown_framework', `There is no framework ${name}; there are ${[...frameworks.keys()].join(', ')}`));
    return null;
  }
  const known = framework.document.elements.map((element) => element.name);
  elements.forEach(({ element }, i) => {
    if (!known.includes(element)) {
      errors.push(fieldError(at.element(i), 'unknown_element', `${framework.document.label} has no element ${element}; it has ${known.join(', ')}`));
    }
  });
  return { framework, elements };
}
