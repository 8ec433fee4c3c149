import type { CaptureItem, PendingChange } from '@headwater/contracts';
import { same, type Values } from './merge-profile';

/** What was proposed for a field of a lead, by the submission that said it first; and what a person has refused for it. */
interface Proposal {
  proposed?: unknown;
  by?: ProposedBy;
  /** not proposed again: whoever synchronises sends the same value every hour */
  refused?: unknown;
}

interface ProposedBy extends Pick<PendingChange, 'submission_id' | 'entry' | 'inlet' | 'sender'> { at: string }

/** By field. Before this was kept, only the proposed value stood there. */
export type Pending = Readonly<Record<string, unknown>>;

const isProposal = (kept: unknown): kept is Proposal =>
  typeof kept === 'object' && kept !== null && (('proposed' in kept && 'by' in kept) || 'refused' in kept);

const proposalOf = (kept: unknown): Proposal => {
  if (isProposal(kept)) return kept;
  return kept === undefined ? {} : { proposed: kept };
};

/**
 * Keeps values that a submission may not write. The same value is proposed once; of several the one that came in last waits.
 * @returns the same object when nothing waits that did not
 */
export function propose(pending: Pending, values: Values, item: CaptureItem): Pending {
  const by: ProposedBy = {
    submission_id: item.submission_id, at: item.received_at, entry: item.entry, inlet: item.inlet ?? null, sender: item.actor.name ?? item.actor.id,
  };
  const news = Object.entries(values).flatMap(([field, value]) => {
    const known = proposalOf(pending[field]);
    const isOld = known.proposed !== undefined && (same(known.proposed, value) || (known.by && known.by.at > by.at));
    if (isOld || same(known.refused ?? null, value)) return [];
    return [[field, { ...known, proposed: value, by } satisfies Proposal] as const];
  });
  return news.length === 0 ? pending : { ...pending, ...Object.fromEntries(news) };
}

/** What waits for a person: what differs from what the lead has by now. */
export function pendingChanges(pending: Pending, profile: object): PendingChange[] {
  return Object.entries(pending).flatMap(([field, kept]) => {
    const { proposed, by } = proposalOf(kept);
    const present = (profile as Record<string, unknown>)[field] ?? null;
    if (proposed === undefined || same(present, proposed)) return [];
    return [{ field, present, proposed, submission_id: null, at: null, entry: null, inlet: null, sender: null, ...by }];
  });
}

/** Nothing waits for these fields any more: they were written. */
export const settled = (pending: Pending, fields: readonly string[]): Pending => without(pending, fields, () => ({}));

/** The same, and what waited was refused for good. */
export const refused = (pending: Pending, fields: readonly string[]): Pending =>
  without(pending, fields, ({ proposed, refused: before }) => ({ refused: proposed ?? before }));

function without(pending: Pending, fields: readonly string[], rest: (proposal: Proposal) => Pick<Proposal, 'refused'>): Pending {
  return Object.fromEntries(Object.entries(pending).flatMap(([field, kept]) => {
    if (!fields.includes(field)) return [[field, kept]];
    const left = rest(proposalOf(kept));
    return left.refused === undefined ? [] : [[field, left]];
  }));
}
