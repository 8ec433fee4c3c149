import { DomainError, IDENTIFY, type SignalItem } from '@headwater/contracts';

/** Clocks of senders may be ahead by so much. */
const AHEAD_MS = 5 * 60_000;

/** How a person is named: by the strongest name that was given. */
export type Name =
  | { readonly kind: 'lead'; readonly lead_id: number }
  | { readonly kind: 'external_id'; readonly sender: string; readonly id: string }
  | { readonly kind: 'email'; readonly email: string }
  | { readonly kind: 'visitor'; readonly visitor_id: string };

export function nameIn({ lead_id, external_id, sender, email, visitor_id }: SignalItem): Name | null {
  if (lead_id != null) return { kind: 'lead', lead_id };
  if (external_id) return { kind: 'external_id', sender, id: external_id };
  if (email) return { kind: 'email', email };
  return visitor_id ? { kind: 'visitor', visitor_id } : null;
}

/** What keeps a signal from being one, by itself; null when nothing does. @param now RFC 3339 */
export function refusalOf(item: SignalItem, now: string): DomainError | null {
  const name = nameIn(item);
  if (!name) return DomainError.invalidField('lead_id', 'required', 'lead_id, external_id, email or visitor_id is required');
  if (item.type === IDENTIFY && (name.kind === 'visitor' || !item.visitor_id)) {
    return DomainError.invalidField('visitor_id', 'required', 'identify needs visitor_id, and lead_id, external_id or email');
  }
  const at = item.at == null ? Date.parse(now) : Date.parse(item.at);
  if (Number.isNaN(at)) return DomainError.invalidField('at', 'wrong_format', 'at must be a date-time');
  return at > Date.parse(now) + AHEAD_MS ? DomainError.invalidField('at', 'signal_in_future', 'at is more than 5 minutes ahead') : null;
}
