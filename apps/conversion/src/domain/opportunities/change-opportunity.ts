import { DomainError, STAGE_BANDS, type FieldError, type Opportunity, type PatchOpportunityRequest, type Stage, type Warning } from '@headwater/contracts';
import { checkDate } from '../check-convert';
import { checkCurrency } from '../check-currency';
import { changesOf, customFieldErrors, mergeCustomFields, requiredErrors, tagsOf, tidied, type Columns } from '../records/changes';
import { isClosed, isLost } from './announce-opportunity';
import { mustGo } from './stage-table';
import { termWarnings } from '../opportunity-terms';

const REQUIRED = ['name', 'value', 'currency', 'stage', 'probability', 'expected_close_date'];
/** What a closed deal is no longer asked about. */
const FROZEN = ['value', 'currency', 'probability', 'expected_close_date', 'lost_reason'] as const;

/** What a patch makes of a deal. `closed`: whether it is won or lost by it; null where that stays as it is. */
export interface OpportunityChange { columns: Columns; closed: boolean | null; warnings: Warning[] }

/**
 * Applies a patch to a deal. A new stage brings the middle of its band as probability, unless one is given.
 * @param today the date in the tenant's time zone
 * @throws DomainError invalid; `invalid_transition`; `opportunity_closed` when only an open one can be changed so
 */
export function changeOpportunity(before: Opportunity, patch: PatchOpportunityRequest, today: string): OpportunityChange {
  const to = patch.stage ?? before.stage;
  const moves = to !== before.stage;
  if (moves) mustGo(before.stage, to);
  const custom_fields = mergeCustomFields(before.custom_fields, patch.custom_fields);
  const wanted: Columns = { ...tidied(patch), tags: tagsOf(patch.tags), custom_fields };
  const errors = [
    ...requiredErrors(wanted, REQUIRED), ...customFieldErrors(custom_fields), ...checkDate('expected_close_date', patch.expected_close_date),
    // What an earlier release took may be sent back as it was read.
    ...(patch.currency === before.currency ? [] : checkCurrency('currency', patch.currency)), ...lossErrors(before, patch, to),
  ];
  if (errors.length > 0) throw DomainError.invalid(errors);
  const { notes, ...columns } = changesOf(before, { ...wanted, ...(moves ? ofStage(to, patch) : {}) });
  refuseFrozen(before, columns, to);
  return { columns: notes ? { ...columns, notes } : columns, closed: moves ? isClosed(to) : null, warnings: warningsOf(before, columns, today) };
}

function ofStage(to: Stage, { probability, lost_reason }: PatchOpportunityRequest): Columns {
  const [low, high] = STAGE_BANDS[to];
  return { probability: probability ?? (low + high) / 2, lost_reason: isLost(to) ? lost_reason : null };
}

function lossErrors(before: Opportunity, { lost_reason }: PatchOpportunityRequest, to: Stage): FieldError[] {
  if (!isLost(to)) return lost_reason == null ? [] : [{ field: 'lost_reason', code: 'not_lost', detail: 'Only a deal that is lost has a lost_reason' }];
  if (isLost(before.stage) || lost_reason != null) return [];
  return [{ field: 'lost_reason', code: 'required', detail: 'lost_reason is required to lose a deal' }];
}

function refuseFrozen(before: Opportunity, columns: Columns, to: Stage): void {
  const changed = FROZEN.find((name) => name in columns);
  if (!isClosed(before.stage) || !isClosed(to) || changed === undefined) return;
  throw DomainError.conflict('opportunity_closed', `The deal is ${before.stage}: open it again to change its ${changed}`);
}

/** Only of what the patch has touched: nobody is told again what they know. */
function warningsOf(before: Opportunity, columns: Columns, today: string): Warning[] {
  const after = { ...before, ...columns } as Opportunity;
  const told = termWarnings(after, today);
  const touched = { close_date_in_past: ['expected_close_date'], probability_outside_stage_band: ['stage', 'probability'] } as Record<string, string[]>;
  return told.filter(({ code }) => touched[code].some((name) => name in columns));
}
