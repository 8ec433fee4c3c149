import { DomainError, type CaptureItem, type SetAsideReason, type TenantPolicies, type TenantSettings, type Verdict } from '@headwater/contracts';
import { readEmail } from './email';

export interface SetAside extends SetAsideReason {
  verdict: Extract<Verdict, 'quarantined' | 'rejected'>;
}

/** Why a submission makes no lead, by who handed it over or by its tenant's policies; null for any other. */
export function setAsideFor(item: CaptureItem, { policies }: TenantSettings): SetAside | null {
  const rejected = item.rejected ?? emailAgainst(policies, item.lead.email);
  if (rejected) return { verdict: 'rejected', ...rejected };
  return item.quarantine ? { verdict: 'quarantined', ...item.quarantine } : null;
}

/**
 * A sender who waits for an answer and can mend what is wrong: a program or a person at the API. A form, a vendor or a file learns nothing,
 * nor does who was promised that it is taken in: what they send is set aside.
 */
const isTold = ({ anonymous, inlet, spooled, entry }: CaptureItem): boolean => !anonymous && !inlet && !spooled && entry === 'api';

/** What is said to who can mend it, where the tenant's policies want no such lead; null for any other. */
export function refusalOf(item: CaptureItem, { policies }: TenantSettings): DomainError | null {
  if (!isTold(item)) return null;
  const reason = emailAgainst(policies, item.lead.email);
  return reason && DomainError.invalidField('email', reason.code, reason.because);
}

/** What becomes of a submission with which its lead would be larger than an event may be: it is refused, or kept in the log and no more. */
export function whenTooLarge(item: CaptureItem): { refusal: DomainError } | { rejected: SetAsideReason } {
  if (!isTold(item)) return { rejected: { code: 'too_large', because: 'what is known of its lead would be larger than 128 kB' } };
  const sizes = Object.entries(item.lead).map(([field, value]) => ({ field, size: JSON.stringify(value)?.length ?? 0 }));
  const [{ field }] = sizes.sort((a, b) => b.size - a.size);
  return { refusal: DomainError.invalidField(field, 'too_large', `${field} is too much: all that is known of a lead may have 128 kB`) };
}

/** Why the tenant wants no such address; null for one that it wants, and for none. */
export function emailAgainst(policies: TenantPolicies, email: string | null | undefined): SetAsideReason | null {
  const { refuse_invalid_email, refuse_disposable_email, refuse_free_email } = policies;
  if (!email?.trim() || !(refuse_invalid_email || refuse_disposable_email || refuse_free_email)) return null;
  const { valid, kind } = readEmail(email);
  if (refuse_invalid_email && !valid) return { code: 'invalid_email', because: 'email is no address that can be written to' };
  if (refuse_disposable_email && kind === 'disposable') return { code: 'disposable_email', because: 'email is a mailbox to be thrown away' };
  if (refuse_free_email && (kind === 'free' || kind === 'disposable')) return { code: 'free_email', because: "email is no company's: anybody may have one there" };
  return null;
}
