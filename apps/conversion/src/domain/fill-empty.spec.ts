import fc from 'fast-check';
import type { Account, Contact, Opportunity } from '@headwater/contracts';
import { fillAccount, fillContact, fillOpportunity } from './fill-empty';

const account = (more: object = {}) => ({ id: 1, kind: 'company', name: 'TechCorp', created_at: '', filled_by: null, ...more }) as Account;
const contact = (more: object = {}) =>
  ({ id: 2, account_id: 1, is_primary: true, email_opt_out: false, do_not_call: false, created_at: '', filled_by: null, ...more }) as Contact;
const by = { leadId: 7, ownerId: 3 };

describe('an account that is there', () => {
  it('gets what it lacks, with the lead that gave it', () => {
    expect(fillAccount(account({ industry: 'finance', filled_by: { website: 5 } }), { industry: 'retail', employees: 12, website: null }, by)).toEqual({
      filled: ['employees', 'owner_id'], changes: { employees: 12, owner_id: 3, filled_by: { website: 5, employees: 7, owner_id: 7 } },
    });
  });

  it('keeps its name, and an address that is begun', () => {
    const address = { street: 'Main 1', city: 'Rome', country: 'IT' };
    expect(fillAccount(account({ owner_id: 1 }), { name: 'Other', ...address }, by).filled).toEqual(['street', 'city', 'country']);
    expect(fillAccount(account({ owner_id: 1, city: 'Oslo' }), address, by)).toEqual({ filled: [], changes: {} });
  });

  it('of a person gets no domain', () => {
    expect(fillAccount(account({ owner_id: 1 }), { domain: 'a.example' }, by).filled).toEqual(['domain']);
    expect(fillAccount(account({ owner_id: 1, kind: 'person' }), { domain: 'a.example' }, by).filled).toEqual([]);
  });

  it('gets custom fields by their keys', () => {
    expect(fillAccount(account({ owner_id: 1, custom_fields: { erp: 'SAP' } }), { custom_fields: { erp: 'Oracle', size: 3 } }, by)).toEqual({
      filled: ['custom_fields.size'], changes: { custom_fields: { erp: 'SAP', size: 3 }, filled_by: { 'custom_fields.size': 7 } },
    });
  });
});

describe('a contact who is there', () => {
  it('is opted out by whoever says so, and never in', () => {
    expect(fillContact(contact(), { email_opt_out: true, do_not_call: false }, { leadId: 7, emailIsFree: true }).changes).toEqual({ email_opt_out: true });
    expect(fillContact(contact({ do_not_call: true }), { do_not_call: false }, { leadId: 7, emailIsFree: true }).changes).toEqual({});
  });

  it('gets an e-mail only if nobody else has it, and a name only as a whole', () => {
    const values = { email: 'a@b.example', first_name: 'Ada', last_name: 'Byron' };
    expect(fillContact(contact(), values, { leadId: 7, emailIsFree: true }).filled).toEqual(['email', 'first_name', 'last_name']);
    expect(fillContact(contact({ last_name: 'King' }), values, { leadId: 7, emailIsFree: false }).filled).toEqual([]);
  });
});

it('never changes what is there, and filling twice is filling once', () => {
  const value = fc.option(fc.constantFrom('', ' ', 'a', 'b'), { nil: null });
  const record = fc.record({ website: value, industry: value, street: value, city: value, custom_fields: fc.dictionary(fc.constantFrom('x', 'y'), value) });
  fc.assert(fc.property(record, record, (before, values) => {
    const { changes } = fillAccount(account({ ...before, owner_id: 1 }), values, by);
    const after = account({ ...before, ...changes, owner_id: 1 }) as unknown as Record<string, unknown>;
    for (const [field, held] of Object.entries(before)) {
      if (typeof held === 'string' && held.trim()) expect(after[field]).toBe(held);
    }
    expect(after.custom_fields).toMatchObject(Object.fromEntries(Object.entries(before.custom_fields).filter(([, held]) => held?.trim())));
    expect(fillAccount(after as unknown as Account, values, by).filled).toEqual([]);
  }));
});

it('a deal gets tags that it lacks', () => {
  const deal = { id: 4, tags: null, filled_by: null } as unknown as Opportunity;
  expect(fillOpportunity(deal, { tags: ['demo'] }, 7)).toEqual({ filled: ['tags'], changes: { tags: ['demo'], filled_by: { tags: 7 } } });
});
