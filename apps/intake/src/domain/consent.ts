import type { CaptureItem, Consent, CreateLead } from '@headwater/contracts';

const LONGEST_ORIGIN = 200;

/** When and where somebody agreed is part of what they agreed to: where a sender doesn't say it, the submission does. */
export function completeConsent(
  consent: Consent | null | undefined, { received_at, entry, lead }: Pick<CaptureItem, 'received_at' | 'entry'> & { lead: Pick<CreateLead, 'page_url'> },
): Consent | undefined {
  if (!consent?.text_version && !consent?.at && !consent?.origin) return undefined;
  return {
    text_version: consent.text_version ?? null,
    at: consent.at ?? received_at,
    origin: consent.origin ?? lead.page_url?.slice(0, LONGEST_ORIGIN) ?? entry,
    ...(consent.text ? { text: consent.text } : {}),
    ...(consent.confirmed_at ? { confirmed_at: consent.confirmed_at } : {}),
  };
}

/**
 * Whether a consent says more than the one that is known. Who agrees to the same text again has agreed since the first time, unless they
 * have confirmed it only now; an older one that comes late is history.
 */
export function supersedes(known: Consent | null | undefined, sent: Consent | null | undefined): boolean {
  if (!known || !sent) return true;
  if (known.text_version && known.text_version === sent.text_version) return Boolean(sent.confirmed_at && !known.confirmed_at);
  return !known.at || !sent.at || Date.parse(sent.at) > Date.parse(known.at);
}
