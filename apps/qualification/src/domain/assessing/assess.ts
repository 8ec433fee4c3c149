import {
  ELEMENT_STATUSES, LONGEST_SUMMARY_VALUE, type AssessedElement, type AssessmentSummary, type ElementStatus, type FrameworkAssessment, type FrameworkElement,
} from '@headwater/contracts';
import { atLeastOf, pointsOf, type NamedFramework } from './frameworks';
import { shortened } from './shortened';
import { standingOf, type SaidOfElement } from './standing';

export const isBelow = (status: ElementStatus, atLeast: ElementStatus): boolean =>
  ELEMENT_STATUSES.indexOf(status) < ELEMENT_STATUSES.indexOf(atLeast);

/**
 * Where a lead stands by a framework.
 * @param said of the lead, by this framework and others; what it says of elements that the framework has no more counts for nothing
 */
export function assess(framework: NamedFramework, said: readonly SaidOfElement[]): FrameworkAssessment {
  const standing = new Map(standingOf(said.filter((one) => one.framework === framework.name)).map((one) => [one.element, one]));
  const elements = framework.document.elements.map((element) => elementOf(framework, element, standing.get(element.name)));
  const missing = elements.filter(({ status, at_least }) => isBelow(status, at_least)).map(({ element }) => element);
  return {
    framework: framework.name, version: framework.version, score: elements.reduce((sum, { points }) => sum + points, 0),
    verdict: missing.length === 0 ? 'complete' : 'incomplete', missing, elements,
  };
}

function elementOf({ document }: NamedFramework, element: FrameworkElement, said: SaidOfElement | undefined): AssessedElement {
  const status = said?.status ?? 'unknown';
  return {
    element: element.name, status, value: said?.value ?? null, details: said?.details ?? null, evidence: said?.evidence ?? [],
    confidence: said?.confidence ?? null, points: pointsOf(document, element.weight, status), most: element.weight,
    at_least: atLeastOf(element), by: said?.by ?? null, at: said?.at ?? null, proposed: said?.proposed ?? false, proposal_id: said?.proposal_id ?? null,
  };
}

export const summaryOf = ({ framework, version, score, verdict, missing, elements }: FrameworkAssessment): AssessmentSummary => ({
  framework, version, score, verdict, missing,
  elements: elements.map(({ element, status, value, points, by, at, proposed }) =>
    ({ element, status, value: value && shortened(value, LONGEST_SUMMARY_VALUE), points, by, at, proposed })),
});
