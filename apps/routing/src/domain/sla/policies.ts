import type { SlaChoice, SlaPolicies, SlaPolicy } from '@headwater/contracts';
import { isHot, type LeadFacts, type ScoreFacts } from '../rule-fields';

const MINUTE_MS = 60_000;
const WARN_PERCENT = 80;
/** Hours of a working day, where nothing else is said. */
const WORKING_DAY_MINUTES = 8 * 60;

const ESCALATION = { tell_managers: true, reassignments: 2 };

/** What every tenant begins with: hot within 5 minutes at any time, warm within 4 working hours, all others within a working day. */
export const DEFAULT_POLICIES: SlaPolicies = {
  policies: [
    { name: 'hot', target_minutes: 5, calendar: 'around_the_clock', rearm_on_reassignment: true, escalation: ESCALATION },
    { name: 'warm', target_minutes: 4 * 60, calendar: 'owner', rearm_on_reassignment: true, escalation: ESCALATION },
    { name: 'cold', target_minutes: WORKING_DAY_MINUTES, calendar: 'owner', rearm_on_reassignment: true, escalation: ESCALATION },
  ],
  choices: [{ temperature: 'hot', policy: 'hot' }, { temperature: 'warm', policy: 'warm' }, { policy: 'cold' }],
};

export const targetMs = ({ target_minutes }: SlaPolicy): number => target_minutes * MINUTE_MS;

/** @param policy null where there is none of its name any more */
export const warnPercent = (policy: SlaPolicy | null): number => policy?.warn_percent ?? WARN_PERCENT;

/** How much of its time is gone when the owner is warned, in milliseconds. */
export const warnAfterMs = (policy: SlaPolicy): number => Math.floor((targetMs(policy) * warnPercent(policy)) / 100);

/**
 * The policy of a lead: the one that the rule names which routed it, else that of the first choice that fits.
 * @param named by the rule; one that isn't there any more is nobody's
 * @returns null when leads like this one have no clock
 */
export function policyOf(
  { policies, choices }: SlaPolicies, { facts, score }: { facts: LeadFacts | null; score: ScoreFacts | null }, named: string | null = null,
): SlaPolicy | null {
  const byName = (name: string | null | undefined) => policies.find((policy) => policy.name === name) ?? null;
  const temperature = isHot(score) ? 'hot' : score?.temperature;
  const fits = (choice: SlaChoice): boolean => (choice.temperature == null || choice.temperature === temperature)
    && (choice.source == null || choice.source === facts?.source) && (choice.entry == null || choice.entry === facts?.entry);
  return byName(named) ?? byName(choices.find(fits)?.policy);
}
