import type { CaptureItem, CreateLead, TenantSettings } from '@headwater/contracts';
import type { Lead } from './lead';
import { AccountFinder, type AccountHit } from './account-finder';
import { planCaptures, type KnownLead } from './plan-captures';
import { readSubmission, type Submission } from './read-submission';

const tenant: TenantSettings = { id: 'demo', currency: 'EUR', time_zone: 'UTC', picklists: { industries: [], sources: [] }, policies: {} };
const now = '2026-11-22T10:00:00.000Z';

const submission = (lead: CreateLead, more: Partial<CaptureItem> = {}) => readSubmission({
  submission_id: 's', received_at: now, tenant: 'demo', actor: { kind: 'api_key', id: 'k' }, anonymous: false, entry: 'api', lead, correlation_id: 'c', ...more,
}, tenant);

const known = (id: number, lead: CreateLead, more: Partial<Lead> = {}): KnownLead => {
  const { profile, facts, attribution, keys } = submission(lead);
  return {
    lead: {
      id, tenant_id: 'demo', revision: 1, profile, facts, attribution, edited: {}, enriched: {}, pending: {}, notes: null, reengaged_from: null, account: null, converted: null,
      merged_into: null, created_at: now, updated_at: now, ...more,
    },
    keys,
  };
};
const converted = { converted_at: now, account_id: 1, contact_id: 2, customer_id: 3 };
const plan = (submissions: Submission[], leads: KnownLead[] = [], hits: AccountHit[] = []) => planCaptures(submissions, leads, new AccountFinder(hits), now);
const verdicts = (...args: Parameters<typeof plan>) => plan(...args).outcomes.map(({ verdict }) => verdict);

describe('planCaptures', () => {
  it('decides a batch against itself, in order', () => {
    const { outcomes, drafts } = plan(
      [submission({ email: 'a@b.io' }), submission({ email: 'c@d.io' }), submission({ email: 'A@B.io', city: 'Rome' })]);
    expect(outcomes.map(({ verdict }) => verdict)).toEqual(['created', 'created', 'updated']);
    expect(outcomes[2].draft).toBe(outcomes[0].draft);
    expect(drafts).toHaveLength(2);
    expect(drafts[0].lead.profile).toMatchObject({ email: 'a@b.io', city: 'Rome' });
  });

  it('says touched when nothing is new', () => {
    expect(verdicts([submission({ email: 'a@b.io' })], [known(1, { email: 'a@b.io', city: 'Rome' })])).toEqual(['touched']);
  });

  it('follows an external id before the e-mail, and leaves an address that another lead owns', () => {
    const byId = known(1, { email: 'a@b.io', external_id: 'x' });
    const byEmail = known(2, { email: 'c@d.io' });
    const { outcomes: [outcome] } = plan([submission({ email: 'c@d.io', external_id: 'x' })], [byId, byEmail]);
    expect(outcome.draft.lead.id).toBe(1);
    expect(outcome.draft.newKeys.get('email c@d.io')).toMatchObject({ exclusive: false });
  });

  it('is of two who have an address the one who owns it, though the other one is older', () => {
    const [older, owner] = [known(1, { email: 'a@b.io' }), known(2, { email: 'a@b.io' })];
    older.keys[0].exclusive = false;
    const again = [submission({ email: 'a@b.io', city: 'Rome' }), submission({ email: 'a@b.io', city: 'Bern' })];
    expect(plan(again, [older, owner]).outcomes.map(({ draft }) => draft.lead.id)).toEqual([2, 2]);
    expect(plan(again, [older, { ...owner, lead: { ...owner.lead, converted } }]).outcomes.map(({ draft }) => draft.lead.id)).toEqual([1, 1]);
  });

  it('takes no external id from an anonymous sender', () => {
    expect(verdicts([submission({ external_id: 'x' }, { anonymous: true })], [known(1, { external_id: 'x' })])).toEqual(['created']);
  });

  it('never edits a converted lead: a raised hand is a new lead, an import row only a touch', () => {
    const former = known(1, { email: 'a@b.io' }, { converted });
    const again = plan([submission({ email: 'a@b.io', city: 'Rome' })], [former]).outcomes[0];
    expect(again).toMatchObject({ verdict: 'created', draft: { isNew: true, lead: { reengaged_from: { lead_id: 1, account_id: 1, contact_id: 2, customer_id: 3 } } } });
    expect(verdicts([submission({ email: 'a@b.io', city: 'Rome' }, { entry: 'import' })], [former])).toEqual(['touched']);
    expect(former.lead.profile.city).toBeUndefined();
  });

  it('lets one that comes late from the spool fill only what is empty, as who sent it', () => {
    const lead = known(1, { email: 'a@b.io', job_title: 'CTO', external_id: 'x' }, { notes: 'newer' });
    const { outcomes: [{ draft, verdict }] } = plan(
      [submission({ job_title: 'Intern', city: 'Rome', external_id: 'x', notes: 'older' }, { spooled: true })], [lead]);
    expect(verdict).toBe('updated');
    expect(draft.lead).toMatchObject({ profile: { job_title: 'CTO', city: 'Rome' }, pending: { job_title: { proposed: 'Intern' } }, notes: 'newer' });
    const first = plan([submission({ email: 'c@d.io', notes: 'older' }, { spooled: true })], [known(2, { email: 'c@d.io' })]);
    expect(first.outcomes[0].draft.lead.notes).toBe('older');
  });

  it('keeps tenants apart', () => {
    expect(verdicts([submission({ email: 'a@b.io' }, { tenant: 'other' })], [known(1, { email: 'a@b.io' })])).toEqual(['created']);
  });

  it("doesn't add the key of a value that waits for a person", () => {
    const lead = known(1, { email: 'a@b.io', external_id: 'x' }, { edited: { email: { by: 'p', at: now } } });
    const { outcomes: [{ draft }] } = plan([submission({ email: 'new@b.io', external_id: 'x' })], [lead]);
    expect(draft.lead.pending).toMatchObject({ email: { proposed: 'new@b.io' } });
    expect([...draft.newKeys.keys()]).not.toContain('email new@b.io');
  });

  describe('is in doubt, and asks people, where', () => {
    const ann = { first_name: 'Ann', last_name: 'Ito', email: 'ann@ito.io', phone: '+4930901820' };
    it.each([
      ['both have the phone, and other e-mails', { ...ann, email: 'ann@work.io' }, 'same phone, but another e-mail'],
      ['the e-mail is equal and the name clearly another one', { ...ann, first_name: 'Bob', last_name: 'Ray' }, "same e-mail, but clearly another person's name"],
    ])('%s', (_, sent, because) => {
      const { outcomes: [outcome] } = plan([submission(sent)], [known(1, ann)]);
      expect(outcome).toMatchObject({ verdict: 'review', because, draft: { isNew: true }, doubt: { lead: { id: 1 } } });
    });

    it('the mailbox is a role\'s, also within a batch', () => {
      const { outcomes: [first, second] } = plan([submission({ email: 'info@shop.io' }), submission({ email: 'info@shop.io' })]);
      expect([first.verdict, second.verdict]).toEqual(['created', 'review']);
      expect(second.doubt).toBe(first.draft);
    });

    it('but not where only the phone is equal, of clearly another person', () => {
      const { outcomes: [outcome] } = plan([submission({ first_name: 'Bob', last_name: 'Ray', email: 'bob@ray.io', phone: ann.phone })], [known(1, ann)]);
      expect(outcome).toMatchObject({ verdict: 'created', because: "same phone, but clearly another person's name", doubt: null });
    });
  });

  describe('a new person', () => {
    const hit = (more: Partial<AccountHit>): AccountHit =>
      ({ tenant_id: 'demo', kind: 'domain', value: 'acme.io', account_id: 5, name: 'Acme', owner_id: 7, ...more });

    it('at the domain of an account belongs to it, and to the oldest of several', () => {
      const { outcomes: [outcome] } = plan([submission({ email: 'ann@eu.acme.io' })], [], [hit({ account_id: 6 }), hit({})]);
      expect(outcome).toMatchObject({
        verdict: 'existing_customer', because: 'a new person at the domain of account 5 (Acme)',
        draft: { isNew: true, lead: { account: { account_id: 5, owner_id: 7, contact_id: null } } },
      });
    });

    it('with the e-mail of a contact belongs to its account, whatever the domain says', () => {
      const contact = hit({ kind: 'email', value: 'ann@gmail.com', account_id: 9, name: 'Ajax', owner_id: null, contact_id: 4 });
      const { outcomes: [outcome] } = plan([submission({ email: 'a.n.n@gmail.com', website: 'acme.io' })], [], [hit({}), contact]);
      expect(outcome).toMatchObject({
        verdict: 'existing_customer', because: 'same e-mail as contact 4 of account 9 (Ajax)', draft: { lead: { account: { account_id: 9, contact_id: 4 } } },
      });
    });

    it('is new to other tenants, and a known lead stays what it is', () => {
      expect(verdicts([submission({ email: 'ann@acme.io' })], [], [hit({ tenant_id: 'other' })])).toEqual(['created']);
      const known1 = known(1, { email: 'ann@acme.io' });
      expect(plan([submission({ email: 'ann@acme.io', city: 'Rome' })], [known1], [hit({})]).outcomes[0]).toMatchObject({ verdict: 'updated', draft: { lead: { account: null } } });
    });

    it('is not one who follows a converted lead: that says which account it is', () => {
      const { outcomes: [outcome] } = plan([submission({ email: 'ann@acme.io' })], [known(1, { email: 'ann@acme.io' }, { converted: { ...converted, owner_id: 8 } })], [hit({})]);
      expect(outcome).toMatchObject({ verdict: 'created', draft: { lead: { account: { account_id: 1, contact_id: 2, owner_id: 8 } } } });
    });
  });
});
