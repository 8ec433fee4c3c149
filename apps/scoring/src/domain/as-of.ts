import { DomainError } from '@headwater/contracts';
import type { LeadScore } from './lead-score';

const YEARS_AHEAD_MS = 10 * 365 * 86_400_000;

/** @param moment RFC 3339 @throws DomainError `invalid` when a lead has no score at that moment */
export function checkMoment(moment: string, { now, created }: { now: string; created: string }): void {
  const at = Date.parse(moment);
  if (Number.isNaN(at)) throw DomainError.invalidField('as_of', 'wrong_format', 'as_of must be a date-time');
  if (at < Date.parse(created)) throw DomainError.invalidField('as_of', 'before_lead', 'as_of is before the lead was created');
  if (at > Date.parse(now) + YEARS_AHEAD_MS) throw DomainError.invalidField('as_of', 'too_large', 'as_of is more than 10 years ahead');
}

/**
 * What of a past score is told by what is known now: `lead`, whose facts have changed since; `merges`, as nobody is told apart again for it;
 * `model`, where another one was active then, or may have been, as segments have come or gone since: one that was activated again since
 * counts from its last activation on.
 */
export function approximations(
  { lead, scored }: LeadScore, { moment, version, resegmented, members }: { moment: string; version: number | null; resegmented: boolean; members: number },
): string[] {
  return [
    ...(lead && Date.parse(lead.updated_at) > Date.parse(moment) ? ['lead'] : []),
    ...(members > 0 ? ['merges'] : []),
    ...(resegmented || version !== scored?.state.model_version ? ['model'] : []),
  ];
}
