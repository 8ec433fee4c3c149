import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FormSettings } from '@headwater/contracts';
import { readForm, type FormSent } from './read-form';

const AT = '2026-11-28T10:00:00.000Z';
const read = (settings: FormSettings, fields: Record<string, unknown>, more: Partial<FormSent> = {}) =>
  readForm(settings, { fields, page: null, at: AT, ageMs: null, form: 'Contact us', ...more });
const sarah = { first_name: 'Sarah', email: 'sarah@techcorp.example' };

describe('a form that declares no fields', () => {
  it('takes all names that say something, and leaves the rest', () => {
    const { lead, errors, spam } = read({}, { ...sarah, 'Company Size': '250', shoe_size: '38', submit: 'Send', hw_made_at: 'x' });
    expect(lead).toEqual({ ...sarah, employees: 250 });
    expect([errors, spam]).toEqual([[], null]);
  });

  it('takes the fields of Salesforce Web-to-Lead as they are', () => {
    const { lead } = read({}, {
      oid: '00D5j000001uVaT', retURL: 'https://evil.example', captcha_settings: '{}', 'g-recaptcha-response': 'x', debug: '1', debugEmail: 'a@b.example', encoding: 'UTF-8',
      first_name: 'Ann', last_name: 'Ng', email: 'ann@ng.example', company: 'Ng Ltd', lead_source: 'Web', phone: '+1 202 555 0143', '00N5j000000pTbO': 'R001C1', emailOptOut: '1',
      Campaign_ID: '7015j000001DfQp', member_status: 'Responded',
    });
    expect(lead).toEqual({
      first_name: 'Ann', last_name: 'Ng', email: 'ann@ng.example', company_name: 'Ng Ltd', source: 'Web', phone: '+1 202 555 0143',
      custom_fields: { '00N5j000000pTbO': 'R001C1' }, email_opt_out: true, campaign: '7015j000001DfQp',
    });
    expect(read({ fields: [{ name: 'email' }, { name: 'Campaign_ID' }] }, { email: 'ann@ng.example', Campaign_ID: '701' }).lead).toMatchObject({ campaign: '701' });
  });

  const sample = join(__dirname, '../../../../../shared/data/payloads/salesforce_web_to_lead/form_fields_successcars.json');
  (existsSync(sample) ? it : it.skip)('finds a place for every field of a real Web-to-Lead form that a person fills', () => {
    const { fields } = JSON.parse(readFileSync(sample, 'utf8')) as { fields: { name: string; value?: string }[] };
    const { lead } = read({}, Object.fromEntries(fields.map(({ name, value }) => [name, value ?? (name === 'email' ? 'a@b.example' : name)])));
    expect(lead).toEqual({
      company_name: 'company', first_name: 'first_name', last_name: 'last_name', email: 'a@b.example', phone: 'phone', custom_fields: { '00N5j000000pTbO': '00N5j000000pTbO' },
    });
  });

  it('believes nobody who they are elsewhere, nor that they consented', () => {
    expect(read({}, { ...sarah, external_id: '7', 'consent.at': AT, 'consent.text_version': '1' }).lead).toEqual(sarah);
  });

  it.each([[{}], [{ first_name: 'Sarah' }], [{ email: ' ' }]])('wants to be able to answer: %j', (fields) => {
    expect(read({}, fields).errors).toEqual([{ field: 'email', code: 'required', detail: 'email is required: nobody could answer' }]);
  });

  it('refuses what is no e-mail address when there is nothing else, and keeps it beside a phone', () => {
    expect(read({}, { email: 'n/a' }).errors).toMatchObject([{ field: 'email', code: 'wrong_format' }]);
    expect(read({}, { email: 'n/a', phone: '+1 202 555 0143' })).toMatchObject({ errors: [], lead: { email: 'n/a' } });
  });
});

describe('a form that declares its fields', () => {
  const settings: FormSettings = {
    fields: [
      { name: 'mail', to: 'email', required: true, label: 'Your e-mail' }, { name: 'who', to: 'full_name' }, { name: 'company' }, { name: 'shoe_size' },
      { name: 'interest', to: 'tags' },
    ],
  };

  it('reads these and no others, each to its place', () => {
    const { lead, errors } = read(settings, {
      mail: 'a@b.example', who: 'Ann Ng', company: 'Ng Ltd', shoe_size: '38', interest: ['price', 'demo'], email: 'other@b.example', estimated_value: '1000000',
    });
    expect(errors).toEqual([]);
    expect(lead).toEqual({ email: 'a@b.example', full_name: 'Ann Ng', company_name: 'Ng Ltd', custom_fields: { shoe_size: '38' }, tags: ['price', 'demo'] });
  });

  it('names each field that is missing as the form does', () => {
    expect(read(settings, { who: 'Ann' }).errors).toEqual([{ field: 'mail', code: 'required', detail: 'Your e-mail is required' }]);
    expect(read(settings, { mail: 'nonsense' }).errors).toMatchObject([{ field: 'mail', code: 'wrong_format' }]);
  });

  it('may do without anybody to answer to, but not without anything', () => {
    const survey: FormSettings = { fields: [{ name: 'company' }, { name: 'email' }] };
    expect(read(survey, { company: 'Ng Ltd' }).errors).toEqual([]);
    expect(read(survey, { utm_source: 'google' }).errors).toMatchObject([{ field: 'email', code: 'required' }]);
  });

  it('needs an e-mail address that is to be confirmed', () => {
    const confirmed: FormSettings = { fields: [{ name: 'email' }, { name: 'phone' }], double_opt_in: {} };
    expect(read(confirmed, { phone: '+1 202 555 0143' }).errors).toMatchObject([{ field: 'email', code: 'required' }]);
  });
});

describe('where a submission comes from', () => {
  const page = 'https://www.acme.example/pricing?utm_source=google&utm_medium=cpc&gclid=abc&x=1';

  it('is read from fields, declared or not', () => {
    const fields = { ...sarah, utm_source: 'news', fbclid: 'f', page_url: 'https://www.acme.example/', referrer: 'https://t.example/' };
    for (const settings of [{}, { fields: [{ name: 'email' }, { name: 'first_name' }] }]) {
      expect(read(settings, fields).lead).toEqual({
        ...sarah, utm: { source: 'news' }, click_ids: { fbclid: 'f' }, page_url: 'https://www.acme.example/', referrer: 'https://t.example/',
      });
    }
  });

  it('is else read from the address of the page', () => {
    expect(read({}, sarah, { page }).lead).toEqual({ ...sarah, page_url: page, utm: { source: 'google', medium: 'cpc' }, click_ids: { gclid: 'abc' } });
    expect(read({}, { ...sarah, utm_source: 'news' }, { page }).lead.utm).toEqual({ source: 'news', medium: 'cpc' });
  });

  it('is read from JSON as it stands there', () => {
    expect(read({}, { ...sarah, utm: { source: 'news' }, click_ids: { gclid: 'g' }, custom_fields: { size: 3 } }).lead).toEqual({
      ...sarah, utm: { source: 'news' }, click_ids: { gclid: 'g' }, custom_fields: { size: 3 },
    });
  });
});

describe('what a form adds', () => {
  it('is said where the submission says nothing', () => {
    const settings: FormSettings = { defaults: { source: 'web', campaign: 'spring', tags: ['site'], custom_fields: { product: 'A', size: 1 } } };
    expect(read(settings, { ...sarah, tags: 'vip', 'custom_fields.size': '2' }).lead).toEqual({
      ...sarah, source: 'web', campaign: 'spring', tags: ['vip', 'site'], custom_fields: { product: 'A', size: '2' },
    });
    expect(read(settings, { ...sarah, source: 'event', utm_campaign: 'autumn' }).lead).toMatchObject({ source: 'event', utm: { campaign: 'autumn' } });
    expect(read(settings, { ...sarah, utm_campaign: 'autumn' }).lead).not.toHaveProperty('campaign');
  });

  it('is the consent, of who ticked the box where there is one', () => {
    const consent = { text: 'I agree.', version: '2026-01' };
    const given = { text: 'I agree.', text_version: '2026-01', at: AT, origin: 'form Contact us' };
    expect(read({ consent }, sarah).lead.consent).toEqual(given);
    expect(read({ consent }, sarah, { page: 'https://www.acme.example/' }).lead.consent).toMatchObject({ origin: 'https://www.acme.example/' });
    const withBox = { consent: { ...consent, field: 'agree' } };
    expect(read(withBox, { ...sarah, agree: 'on' }).lead.consent).toEqual(given);
    for (const agree of [undefined, '', 'no', '0', false]) expect(read(withBox, { ...sarah, agree }).lead).not.toHaveProperty('consent');
  });
});

describe('who is no person', () => {
  it('fills the field that nobody sees', () => {
    expect(read({}, { ...sarah, hw_leave_empty: 'x' }).spam).toMatch(/nobody sees/);
    expect(read({ honeypot: 'fax_2' }, { ...sarah, fax_2: 'x' })).toMatchObject({ lead: sarah, spam: expect.stringMatching(/nobody sees/) as string });
    expect(read({}, { ...sarah, hw_leave_empty: ' ' }).spam).toBeNull();
  });

  it('is too fast, by the page\'s own time or by a script\'s', () => {
    const settings = { minimum_seconds: 3 };
    const spam = (fields: object, ageMs: number | null) => read(settings, { ...sarah, ...fields }, { ageMs }).spam;
    expect(spam({}, 2_999)).toMatch(/faster/);
    expect(spam({ hw_elapsed: '900' }, 60_000)).toMatch(/faster/);
    expect([spam({}, 3_000), spam({}, null), spam({ hw_elapsed: 'nonsense' }, null), spam({ hw_elapsed: '3000' }, null)]).toEqual([null, null, null, null]);
    expect(read({}, sarah, { ageMs: 0 }).spam).toBeNull();
  });
});
