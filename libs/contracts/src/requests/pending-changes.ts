import type { Context } from '../context';
import type { Warning } from '../domain-error';
import { Texts } from '../field';
import type { IntakeState } from '../lead';
import { defineRequest } from '../request';
import type { Entry } from '../vocabulary';
import type { Inlet } from './intake';

/** What somebody sent for a field that has another value, and may not overwrite it; who and when is null where that wasn't kept. */
export interface PendingChange {
  field: string;
  present: unknown;
  proposed: unknown;
  submission_id: string | null;
  at: string | null;
  entry: Entry | null;
  inlet: Inlet | null;
  /** name of the key, form or person that sent it */
  sender: string | null;
}

/** Body of `POST /leads/{id}/pending-changes/accept` and `…/reject`. */
export class SettlePendingChangesRequest {
  @Texts(100, 100, { description: 'all that wait when absent', example: ['job_title'] }) fields?: string[] | null;
}

/** With the revision that the lead has at that moment, to be expected when they are settled. */
export const ListPendingChanges = defineRequest<
  { context: Context; lead_id: number }, { changes: PendingChange[]; revision: number }
>('intake', 'list_pending_changes');

/** `accept` writes them as a person's edit; `reject` forgets them, and the same values are not proposed again. */
export const SettlePendingChanges = defineRequest<
  { context: Context; lead_id: number; decision: 'accept' | 'reject'; fields?: string[]; expected_revision?: number },
  { lead: IntakeState; warnings?: Warning[] }
>('intake', 'settle_pending_changes');
