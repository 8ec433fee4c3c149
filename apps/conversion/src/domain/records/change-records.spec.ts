import type { Account, Contact } from '@headwater/contracts';
import { changeAccount } from './change-account';
import { changeContact } from './change-contact';
import { changeCustomer } from './change-customer';

const codes = ({ errors }: { errors: { field: string; code: string }[] }) => errors.map(({ field, code }) => `${field} ${code}`);

describe('changeAccount', () => {
  const before: Partial<Account> = { kind: 'company', name: 'TechCorp', domain: 'techcorp.com', country: 'US', tags: ['a'], custom_fields: { tier: 1, old: true } };

  it('changes what differs, and nothing else', () => {
    expect(changeAccount(before, { name: ' TechCorp ', domain: 'https://www.TechCorp.com/about', country: 'us', tags: ['a', 'a '] })).toEqual({ columns: {}, errors: [] });
    expect(changeAccount(before, { name: 'TechCorp, Intl.', city: ' ', website: 'https://t.example' }).columns)
      .toEqual({ name: 'TechCorp, Intl.', name_normalised: 'techcorp intl', website: 'https://t.example' });
    expect(changeAccount({ ...before, kind: 'person' }, { name: 'Mia' }).columns).toEqual({ name: 'Mia' });
    expect(changeAccount(before, { domain: null, tags: null }).columns).toEqual({ domain: null, tags: null });
  });

  it('merges custom fields by key, and takes too many for what they are', () => {
    expect(changeAccount(before, { custom_fields: { tier: 2, old: null } }).columns).toEqual({ custom_fields: { tier: 2 } });
    expect(changeAccount(before, { custom_fields: { tier: null, old: null } }).columns).toEqual({ custom_fields: null });
    expect(changeAccount(before, { custom_fields: {} }).columns).toEqual({});
    const many = Object.fromEntries(Array.from({ length: 199 }, (_, i) => [`f${i}`, 1]));
    expect(codes(changeAccount(before, { custom_fields: many }))).toEqual(['custom_fields too_many']);
  });

  it('has a name, and a domain that is one', () => {
    expect(codes(changeAccount(before, { name: '  ' }))).toEqual(['name required']);
    for (const domain of ['techcorp', 'sales@techcorp.com', 'tech corp.com', '-a.com', '.com']) expect(codes(changeAccount({}, { domain }))).toEqual(['domain wrong_format']);
    for (const domain of ['a.co', 'müller.de', 'x.y.co.uk', 'xn--mller-kva.de']) expect(codes(changeAccount({}, { domain }))).toEqual([]);
  });
});

describe('changeContact', () => {
  const before: Partial<Contact> = { first_name: 'Sarah', last_name: 'Johnson', full_name: 'Sarah Johnson', email: 'sarah@t.example' };

  it('keeps what people and numbers are matched by', () => {
    expect(changeContact(before, { email: ' Sarah@New.example', phone: '+49 (30) 1', mobile: null }).columns).toEqual({
      email: 'Sarah@New.example', email_normalised: 'sarah@new.example', phone: '+49 (30) 1', phone_digits: '49301',
    });
    expect(changeContact(before, { email: 'sarah@t.example' }).columns).toEqual({});
  });

  it('lets the full name follow its parts, unless it is said', () => {
    expect(changeContact(before, { last_name: 'Meier' }).columns).toEqual({ last_name: 'Meier', full_name: 'Sarah Meier' });
    expect(changeContact(before, { last_name: 'Meier', full_name: 'Dr. S. Meier' }).columns).toEqual({ last_name: 'Meier', full_name: 'Dr. S. Meier' });
    expect(changeContact(before, { job_title: 'CTO' }).columns).toEqual({ job_title: 'CTO' });
    expect(changeContact({}, { last_name: 'Ito' }).columns).toEqual({ last_name: 'Ito', full_name: 'Ito' });
  });

  it('is somebody, with roles that there are', () => {
    expect(codes(changeContact({}, { job_title: 'CTO' }))).toEqual(['last_name required']);
    expect(codes(changeContact({}, { phone: '1' }))).toEqual([]);
    expect(codes(changeContact(before, { first_name: null, last_name: null, email: null }))).toEqual(['last_name required']);
    expect(codes(changeContact(before, { email: 'nobody' }))).toEqual(['email wrong_format']);
    expect(codes(changeContact(before, { roles: ['boss' as never] }))).toEqual(['roles not_allowed']);
    expect(codes(changeContact(before, { email_opt_out: null }))).toEqual(['email_opt_out required']);
  });
});

describe('changeCustomer', () => {
  it('goes to whom it belongs', () => {
    const change = changeCustomer({ type: 'individual', status: 'active' }, { first_name: 'Mia', company_name: 'New', status: 'inactive', type: 'individual', tags: ['x'] }, true);
    expect(change).toEqual({ contact: { first_name: 'Mia' }, account: { name: 'New' }, columns: { status: 'inactive', tags: ['x'] }, errors: [] });
  });

  it('knows no company of a person, and no customer without status', () => {
    expect(codes(changeCustomer({}, { company_name: 'New' }, false))).toEqual(['company_name no_company']);
    expect(codes(changeCustomer({}, { company_name: ' ', status: null }, true))).toEqual(['status required', 'company_name required']);
  });
});
