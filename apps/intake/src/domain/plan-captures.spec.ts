import type { CaptureItem, CreateLead, TenantSettings } from '@headwater/contracts';
import type { Lead } from './lead';
import { planCaptures, type KnownLead } from './plan-captures';
import { readSubmission } from './read-submission';

const tenant: TenantSettings = { id: 'demo', currency: 'EUR', time_zone: 'UTC', picklists: { industries: [], sources: [] }, policies: {} };
const now = '2026-11-22T10:00:00.000Z';

const submission = (lead: CreateLead, more: Partial<CaptureItem> = {}) => readSubmission({
  submission_id: 's', received_at: now, tenant: 'demo', actor: { kind: 'api_key', id: 'k' }, anonymous: false, entry: 'api', lead, correlation_id: 'c', ...more,
}, tenant);

const known = (id: number, lead: CreateLead, more: Partial<Lead> = {}): KnownLead => {
  const { profile, facts, attribution, keys } = submission(lead);
  return {
    lead: {
      id, tenant_id: 'demo', revision: 1, profile, facts, attribution, edited: {}, pending: {}, notes: null, reengaged_from: null, converted: null,
      created_at: now, updated_at: now, ...more,
    },
    keys,
  };
};
const converted = { converted_at: now, account_id: 1, contact_id: 2, customer_id: 3 };
const verdicts = (...args: Parameters<typeof planCaptures>) => planCaptures(...args).outcomes.map(({ verdict }) => verdict);

describe('planCaptures', () => {
  it('decides a batch against itself, in order', () => {
    const { outcomes, drafts } = planCaptures(
      [submission({ email: 'a@b.io' }), submission({ email: 'c@d.io' }), submission({ email: 'A@B.io', city: 'Rome' })], [], now);
    expect(outcomes.map(({ verdict }) => verdict)).toEqual(['created', 'created', 'updated']);
    expect(outcomes[2].draft).toBe(outcomes[0].draft);
    expect(drafts).toHaveLength(2);
    expect(drafts[0].lead.profile).toMatchObject({ email: 'a@b.io', city: 'Rome' });
  });

  it('says touched when nothing is new', () => {
    expect(verdicts([submission({ email: 'a@b.io' })], [known(1, { email: 'a@b.io', city: 'Rome' })], now)).toEqual(['touched']);
  });

  it('follows an external id before the e-mail, and leaves an address that another lead owns', () => {
    const byId = known(1, { email: 'a@b.io', external_id: 'x' });
    const byEmail = known(2, { email: 'c@d.io' });
    const { outcomes: [outcome] } = planCaptures([submission({ email: 'c@d.io', external_id: 'x' })], [byId, byEmail], now);
    expect(outcome.draft.lead.id).toBe(1);
    expect(outcome.draft.newKeys.get('email c@d.io')).toMatchObject({ exclusive: false });
  });

  it('takes no external id from an anonymous sender', () => {
    expect(verdicts([submission({ external_id: 'x' }, { anonymous: true })], [known(1, { external_id: 'x' })], now)).toEqual(['created']);
  });

  it('never edits a converted lead: a raised hand is a new lead, an import row only a touch', () => {
    const former = known(1, { email: 'a@b.io' }, { converted });
    const again = planCaptures([submission({ email: 'a@b.io', city: 'Rome' })], [former], now).outcomes[0];
    expect(again).toMatchObject({ verdict: 'created', draft: { isNew: true, lead: { reengaged_from: { lead_id: 1, account_id: 1, contact_id: 2, customer_id: 3 } } } });
    expect(verdicts([submission({ email: 'a@b.io', city: 'Rome' }, { entry: 'import' })], [former], now)).toEqual(['touched']);
    expect(former.lead.profile.city).toBeUndefined();
  });

  it('lets one that comes late from the spool fill only what is empty, as who sent it', () => {
    const lead = known(1, { email: 'a@b.io', job_title: 'CTO', external_id: 'x' }, { notes: 'newer' });
    const { outcomes: [{ draft, verdict }] } = planCaptures(
      [submission({ job_title: 'Intern', city: 'Rome', external_id: 'x', notes: 'older' }, { spooled: true })], [lead], now);
    expect(verdict).toBe('updated');
    expect(draft.lead).toMatchObject({ profile: { job_title: 'CTO', city: 'Rome' }, pending: { job_title: { proposed: 'Intern' } }, notes: 'newer' });
    const first = planCaptures([submission({ email: 'c@d.io', notes: 'older' }, { spooled: true })], [known(2, { email: 'c@d.io' })], now);
    expect(first.outcomes[0].draft.lead.notes).toBe('older');
  });

  it('keeps tenants apart', () => {
    expect(verdicts([submission({ email: 'a@b.io' }, { tenant: 'other' })], [known(1, { email: 'a@b.io' })], now)).toEqual(['created']);
  });

  it("doesn't add the key of a value that waits for a person", () => {
    const lead = known(1, { email: 'a@b.io', external_id: 'x' }, { edited: { email: { by: 'p', at: now } } });
    const { outcomes: [{ draft }] } = planCaptures([submission({ email: 'new@b.io', external_id: 'x' })], [lead], now);
    expect(draft.lead.pending).toMatchObject({ email: { proposed: 'new@b.io' } });
    expect([...draft.newKeys.keys()]).not.toContain('email new@b.io');
  });

  it('does not match by phone where both have an e-mail', () => {
    expect(verdicts([submission({ email: 'x@y.io', phone: '+4930901820' })], [known(1, { email: 'a@b.io', phone: '+4930901820' })], now)).toEqual(['created']);
  });
});
