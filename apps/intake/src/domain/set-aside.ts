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
 * What is said to a sender who waits for it and can mend it: a program or a person at the API. A form, a vendor or a file learns nothing,
 * nor does who was promised that it is taken in: what they send is set aside.
 */
export function refusalOf(item: CaptureItem, { policies }: TenantSettings): DomainError | null {
  if (item.anonymous || item.inlet || item.spooled || item.entry !== 'api') return null;
  const reason = emailAgainst(policies, item.lead.email);
  return reason && DomainError.invalidField('email', reason.code, reason.because);
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
