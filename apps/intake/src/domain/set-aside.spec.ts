import type { CaptureItem, TenantPolicies } from '@headwater/contracts';
import { captureItem, testTenant } from '@headwater/testing';
import { refusalOf, setAsideFor, whenTooLarge } from './set-aside';

const under = (policies: TenantPolicies) => ({ ...testTenant(), policies });
const item = (email: string | null, rest: Partial<CaptureItem> = {}): CaptureItem => captureItem({ email }, rest);
const ALL = under({ refuse_invalid_email: true, refuse_disposable_email: true, refuse_free_email: true });

it.each([
  ['nobody', 'invalid_email'], ['x@mailinator.com', 'disposable_email'], ['j.doe@gmail.com', 'free_email'], ['sarah@techcorp.com', undefined], [' ', undefined],
  [null, undefined],
])('%j is refused as %s where the tenant wants it so, and by nobody else', (email, code) => {
  expect(refusalOf(item(email), ALL)?.body.errors).toEqual(code && [{ field: 'email', code, detail: expect.any(String) }]);
  expect(refusalOf(item(email), testTenant())).toBeNull();
  expect(setAsideFor(item(email), testTenant())).toBeNull();
});

it('a throw-away address is no company address either', () => {
  expect(refusalOf(item('x@mailinator.com'), under({ refuse_free_email: true }))?.body.code).toBe('free_email');
});

it.each<[string, Partial<CaptureItem>]>([
  ['a public form', { anonymous: true, entry: 'form' }], ['a connector', { entry: 'webhook', inlet: { kind: 'connector', id: 1 } }],
  ['a file', { entry: 'import', inlet: { kind: 'import', id: 1 } }], ['who was promised it', { spooled: true }],
])('%s is not told: it is rejected, and stays in the log', (_who, how) => {
  expect(refusalOf(item('nobody', how), ALL)).toBeNull();
  expect(setAsideFor(item('nobody', how), ALL)).toMatchObject({ verdict: 'rejected', code: 'invalid_email' });
});

it('what would be too large is refused by the name of what makes it so; who is not told has it in the log', () => {
  const lead = { email: 'sarah@techcorp.com', custom_fields: { a: 'x'.repeat(1_000) }, city: 'Rome' };
  expect(whenTooLarge(captureItem(lead))).toMatchObject({ refusal: { body: { kind: 'invalid', errors: [{ field: 'custom_fields', code: 'too_large' }] } } });
  expect(whenTooLarge(captureItem(lead, { spooled: true }))).toMatchObject({ rejected: { code: 'too_large' } });
});

it('what was set aside already stays so for its reason', () => {
  const quarantine = { code: 'unconfirmed', because: 'nobody has confirmed it' };
  expect(setAsideFor(item('sarah@techcorp.com', { quarantine }), ALL)).toEqual({ verdict: 'quarantined', ...quarantine });
  expect(setAsideFor(item('nobody', { quarantine }), ALL)).toMatchObject({ verdict: 'rejected', code: 'invalid_email' });
});
