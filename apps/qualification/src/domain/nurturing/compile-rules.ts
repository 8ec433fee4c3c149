import type { AwarenessStage, EnrolledFrom, NurtureEntry, NurtureRules } from '@headwater/contracts';
import { compile, evaluate, explain, fieldsOf, type Condition, type Facts } from '@headwater/rules';
import { LEAD_FIELDS, SCORE_FIELDS } from '../lead-facts';

interface Asked {
  holds: (facts: Facts) => boolean;
  /** in words, of facts that it holds for */
  why: (facts: Facts) => string;
}

/**
 * A rule that enrols leads. @property asksFor what intake has to tell of a lead, as its fields are called there
 * @property asksForScore a lead that has none yet is not asked about
 */
export interface Entry extends Asked {
  name: string;
  from: ReadonlySet<EnrolledFrom>;
  asksFor: readonly string[];
  asksForScore: boolean;
  stage: AwarenessStage | null;
  recycle_after_days: number | null;
}

/** A rule that brings leads back. @property when null where it asks for nothing but its day */
export interface ExitRule { name: string; when: Asked | null; after_days: number | null }

/** Nurture rules made ready: each condition is asked when something happens that it may be about. */
export interface CompiledRules {
  /** 0 of those that every tenant begins with */
  version: number;
  stage: AwarenessStage;
  recycle_after_days: number | null;
  /** of leads that are disqualified */
  afterDisqualification: readonly Entry[];
  /** of open leads */
  ofOpen: readonly Entry[];
  /** what is kept of what intake tells of open leads: what one of the rules asks for */
  factsOfOpen: readonly string[];
  exits: Readonly<Record<'bySignal' | 'byScore' | 'byDate', readonly ExitRule[]>>;
}

const SIGNAL = 'signal.';
const CUSTOM = 'custom_fields';

export function compileRules({ stage, recycle_after_days, enrol, exits }: NurtureRules, version = 0): CompiledRules {
  const entries = enrol.map(entryOf);
  const ofOpen = entries.filter(({ from }) => isForOpen([...from]));
  const rules = exits.map(({ name, when, after_days }) => ({
    rule: { name, after_days: after_days ?? null, when: when == null ? null : askedOf(when as Condition) }, isBySignal: when != null && asksForSignal(when as Condition),
  }));
  const those = (wanted: (rule: (typeof rules)[number]) => boolean): ExitRule[] => rules.filter(wanted).map(({ rule }) => rule);
  return {
    version, stage: stage ?? 'problem', recycle_after_days: recycle_after_days ?? null,
    afterDisqualification: entries.filter(({ from }) => from.has('disqualified')),
    ofOpen, factsOfOpen: [...new Set(ofOpen.flatMap(({ asksFor }) => asksFor))],
    exits: {
      bySignal: those(({ isBySignal }) => isBySignal),
      byScore: those(({ rule, isBySignal }) => !isBySignal && rule.when !== null && rule.after_days === null),
      byDate: those(({ rule }) => rule.after_days !== null),
    },
  };
}

/** Whether a condition is about something that happens, and so is only asked when it does. */
export const asksForSignal = (when: Condition): boolean => fieldsOf(when).some((field) => field.startsWith(SIGNAL));

/** Whether a rule is for open leads. @param from statuses that it names */
export const isForOpen = (from: readonly EnrolledFrom[]): boolean => from.some((status) => status !== 'disqualified');

const askedOf = (when: Condition): Asked => ({ holds: compile(when), why: (facts) => explain(evaluate(when, facts).trace) });

function entryOf({ name, when, from, stage, recycle_after_days }: NurtureEntry): Entry {
  const fields = fieldsOf(when as Condition).map((field) => (field.startsWith(`${CUSTOM}.`) ? CUSTOM : field));
  return {
    name, from: new Set(from ?? ['disqualified']), stage: stage ?? null, recycle_after_days: recycle_after_days ?? null, ...askedOf(when as Condition),
    asksFor: [...new Set(fields)].filter((field) => field === CUSTOM || (field in LEAD_FIELDS && !(field in SCORE_FIELDS))),
    asksForScore: fields.some((field) => field in SCORE_FIELDS),
  };
}
