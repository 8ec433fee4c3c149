import type { Context } from '../context';
import { Nested, OneOf, Text } from '../field';
import type { QualificationState } from '../lead';
import { defineRequest } from '../request';
import { DISQUALIFICATION_REASONS, type DisqualificationReason } from '../vocabulary';
import { NurtureTerms, type ThenNurture } from './nurturing';

const NOTE = 10_000;

const REOPEN_TARGETS = ['new', 'contacted'] as const;
export type ReopenTarget = typeof REOPEN_TARGETS[number];

/** What a command that moves a lead may say besides its name. */
export interface MoveBody extends ThenNurture {
  disqualification_reason?: DisqualificationReason | null;
  notes?: string | null;
  /** of reopening: `new` when absent; `contacted` re-engages it */
  target?: ReopenTarget | null;
}

/** The commands that move a lead and take nothing but that; `nurture` and `reengage` are requests of their own. */
export type MoveCommandName = 'contact' | 'disqualify' | 'reopen';

/** Refused with the commands and statuses that are allowed instead (`invalid_transition`), or with where to go (`lead_locked`). */
export const MoveLead = defineRequest<
  { context: Context; lead_id: number; command: MoveCommandName; body: MoveBody; expected_revision?: number },
  { qualification: QualificationState }
>('qualification', 'move_lead');

export class DisqualifyRequest {
  @OneOf(DISQUALIFICATION_REASONS, { required: true, example: 'no_budget' }) disqualification_reason: DisqualificationReason;
  @Text(NOTE) notes?: string | null;
  @OneOf(['nurture'], { description: 'nurture: the lead goes on to be nurtured; absent: a nurture rule may say so' }) then?: 'nurture' | null;
  @Nested(() => NurtureTerms, { description: 'how, with `then`' }) nurture?: NurtureTerms | null;
}

/** Of commands that take no reason. */
export class MoveRequest {
  @Text(NOTE) notes?: string | null;
}

export class ReopenRequest extends MoveRequest {
  @OneOf(REOPEN_TARGETS, { description: 'where the lead begins again: `new` when absent; `contacted` re-engages it, and its cycle goes on' }) target?: ReopenTarget | null;
}
