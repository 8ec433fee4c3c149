import type { FrameworkAssessment, Gate, GatePolicy, QualificationGate } from '@headwater/contracts';
import { compile, evaluate, explain, fieldsOf, type Condition, type Facts } from '@headwater/rules';
import { assess, isBelow } from './assess';
import type { NamedFramework } from './frameworks';
import { shortened } from './shortened';
import type { SaidOfElement } from './standing';

/** A qualification that lacks something is remarked upon, and let through. */
export const DEFAULT_POLICY: GatePolicy = { segments: [], default: { gate: 'warn' } };
const USUAL_FRAMEWORK = 'bant';

export const frameworkOf = ({ framework }: Pick<QualificationGate, 'framework'>): string => framework ?? USUAL_FRAMEWORK;

/** The elements of a framework that a policy asks for by name. */
export function requiredOf({ segments, default: usual }: GatePolicy, framework: string): string[] {
  const gates = [...segments ?? [], usual].filter((gate) => frameworkOf(gate) === framework);
  return [...new Set(gates.flatMap(({ requires, conditions }) => [
    ...(requires ?? []).map(({ element }) => element),
    ...(conditions ?? []).flatMap(({ when }) => fieldsOf(when as Condition)).flatMap((field) => ELEMENT.exec(field)?.[1] ?? []),
  ]))];
}

const ELEMENT = /^assessment\.(?!score$|verdict$)(.+)$/;

interface Segment { name: string; holds: (facts: Facts) => boolean; gate: QualificationGate }

/** A policy made ready. */
export interface Gates {
  /** 0 for the defaults */
  version: number;
  segments: readonly Segment[];
  default: QualificationGate;
  /** whether it takes the lead's own facts to know its gate, or whether it passes */
  asksForLead: boolean;
}

export function compileGates({ version, document }: { version: number; document: GatePolicy }): Gates {
  const segments = (document.segments ?? []).map(({ name, when, ...gate }) => ({ name, gate, holds: compile(when as Condition) }));
  const gates = [document.default, ...segments.map(({ gate }) => gate)];
  return {
    version, segments, default: document.default,
    asksForLead: segments.length > 0 || gates.some(({ gate, conditions }) => gate !== 'none' && (conditions ?? []).length > 0),
  };
}

/** The gate that a lead has to pass. @property segment null for the default one */
export interface ChosenGate { segment: string | null; gate: QualificationGate }

export function chooseGate({ segments, default: usual }: Gates, facts: Facts): ChosenGate {
  const segment = segments.find(({ holds }) => holds(facts));
  return segment ? { segment: segment.name, gate: segment.gate } : { segment: null, gate: usual };
}

/** What a lead lacks to pass. */
export type Lack =
  | { kind: 'element'; element: string; status: string; at_least: string; detail: string }
  | { kind: 'score'; score: number; min_score: number; detail: string }
  | { kind: 'condition'; condition: string; because: string; detail: string };

export interface GateOutcome { gate: Gate; segment: string | null; framework: string; lacks: Lack[] }

/**
 * Whether a lead passes its gate, and all that it lacks.
 * @param said of the lead, with what is said by the qualification itself
 */
export function tryGate(
  { segment, gate }: ChosenGate, framework: NamedFramework, said: readonly SaidOfElement[], facts: Facts,
): GateOutcome {
  const counts = gate.count_proposals ?? gate.gate !== 'enforce';
  const assessment = assess(framework, counts ? said : said.filter(({ proposed }) => !proposed));
  const lacks = [...lackingElements(gate, framework, assessment), ...lackingScore(gate, framework, assessment), ...unmet(gate, assessment, facts)];
  return { gate: gate.gate, segment, framework: framework.name, lacks };
}

function lackingElements({ requires }: QualificationGate, { document }: NamedFramework, { elements }: FrameworkAssessment): Lack[] {
  const wanted = new Map((requires ?? []).map(({ element, at_least }) => [element, at_least]));
  return elements.flatMap(({ element, status, at_least }): Lack[] => {
    const least = wanted.get(element) ?? at_least;
    if (!isBelow(status, least)) return [];
    const { label } = document.elements.find(({ name }) => name === element)!;
    return [{ kind: 'element', element, status, at_least: least, detail: `${document.label}: ${label} is ${status}, and has to be ${least} at least` }];
  });
}

function lackingScore({ min_score }: QualificationGate, { document }: NamedFramework, { score }: FrameworkAssessment): Lack[] {
  if (min_score == null || score >= min_score) return [];
  return [{ kind: 'score', score, min_score, detail: `${document.label}: the assessment is ${score}, and has to be ${min_score} at least` }];
}

/** A condition may be as long as a page. */
const LONGEST_REASON = 300;

function unmet({ conditions }: QualificationGate, { score, verdict, elements }: FrameworkAssessment, facts: Facts): Lack[] {
  const all = { ...facts, assessment: { ...Object.fromEntries(elements.map(({ element, status }) => [element, status])), score, verdict } };
  return (conditions ?? []).flatMap(({ name, when, message }): Lack[] => {
    const { holds, trace } = evaluate(when as Condition, all);
    if (holds) return [];
    const because = shortened(explain(trace), LONGEST_REASON);
    return [{ kind: 'condition', condition: name, because, detail: message ?? `The condition ${name} does not hold: ${because}` }];
  });
}
