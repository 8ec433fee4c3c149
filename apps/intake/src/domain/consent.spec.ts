import type { Consent } from '@headwater/contracts';
import { captureItem } from '@headwater/testing';
import { completeConsent, supersedes } from './consent';

const MONDAY = '2026-03-02T10:00:00.000Z';
const TUESDAY = '2026-03-03T10:00:00.000Z';

describe('completeConsent', () => {
  it('adds when and where it was given, where the sender does not say it', () => {
    const item = captureItem({ page_url: `https://acme.example/${'x'.repeat(300)}` }, { received_at: MONDAY, entry: 'form' });
    expect(completeConsent({ text_version: 'v1' }, item)).toEqual({ text_version: 'v1', at: MONDAY, origin: item.lead.page_url?.slice(0, 200) });
    expect(completeConsent({ text_version: 'v1', at: TUESDAY, origin: 'call' }, item)).toEqual({ text_version: 'v1', at: TUESDAY, origin: 'call' });
    expect(completeConsent({ text_version: 'v1' }, captureItem({}, { received_at: MONDAY, entry: 'call' }))?.origin).toBe('call');
    const proved = { text_version: 'v1', at: MONDAY, origin: 'call', text: 'I agree.', confirmed_at: TUESDAY };
    expect(completeConsent(proved, item)).toEqual(proved);
  });

  it.each([undefined, null, {}, { text_version: '' }])('takes %j for none', (consent) => expect(completeConsent(consent, captureItem({}))).toBeUndefined());
});

describe('supersedes', () => {
  it.each([
    [null, { text_version: 'v1' }, true],
    [{ text_version: 'v1', at: MONDAY }, { text_version: 'v2', at: TUESDAY }, true],
    [{ text_version: 'v1', at: MONDAY }, { text_version: 'v1', at: TUESDAY }, false],
    [{ text_version: 'v1', at: MONDAY }, { text_version: 'v1', at: TUESDAY, confirmed_at: TUESDAY }, true],
    [{ text_version: 'v2', at: TUESDAY }, { text_version: 'v1', at: MONDAY }, false],
    [{ text_version: 'v1' }, { text_version: 'v2', at: MONDAY }, true],
  ] as [Consent | null, Consent, boolean][])('%j by %j: %s', (known, sent, expected) => expect(supersedes(known, sent)).toBe(expected));
});
