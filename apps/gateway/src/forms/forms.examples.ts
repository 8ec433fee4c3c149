import { DomainError, type CreateFormRequest } from '@headwater/contracts';
import { FORM_SCRIPT } from '@headwater/inlets';
import { EXAMPLE_FORM_KEY, EXAMPLE_IDS, refused, type Examples } from '../documents/example';

const CONTACT: CreateFormRequest = {
  name: 'Contact us',
  fields: [
    { name: 'first_name', label: 'First name' }, { name: 'last_name', label: 'Last name', required: true },
    { name: 'mail', to: 'email', label: 'Work e-mail', required: true }, { name: 'company' }, { name: 'team_size', to: 'employees', label: 'Team' },
  ],
  defaults: { source: 'web', tags: ['website'], routing_hint: 'enterprise' },
  redirect_url: 'https://www.acme.example/thanks',
  origins: ['https://www.acme.example'],
  minimum_seconds: 3,
  consent: { text: 'I agree to be contacted about my request.', version: '2026-01', field: 'agree' },
};

const MADE_AT = '2026-11-28T10:00:00.000Z';
const ANOTHER_KEY = 'hwf_c4TnP8rWq1LzYx6KdJ0uSe2Bv9HgFm5A';
const BARE = {
  id: EXAMPLE_IDS.Form, key: EXAMPLE_FORM_KEY, action: `https://crm.headwater.example/f/${EXAMPLE_FORM_KEY}`, created_at: MADE_AT, updated_at: MADE_AT,
  revoked_at: null,
};
const form = (more: object = {}) => ({ ...BARE, ...CONTACT, ...more });

const NEWSLETTER = {
  defaults: { entry_status: 'nurturing' as const, tags: ['newsletter'] }, double_opt_in: { lifetime_hours: 48, text: 'Please confirm that you want to hear from us.' },
};

export const createForm = {
  contact: { summary: 'A form of a website, with its own names', body: CONTACT, answer: { message: 'Form created', data: form() } },
  usual: {
    summary: 'A form that takes all that says something, such as one made for Web-to-Lead', body: { name: 'Web-to-Lead' },
    answer: {
      message: 'Form created',
      data: { ...BARE, name: 'Web-to-Lead' },
    },
  },
  double_opt_in: {
    summary: 'Whoever sends it is asked by mail whether it was them', body: { name: 'Newsletter', ...NEWSLETTER },
    answer: { message: 'Form created', data: { ...BARE, name: 'Newsletter', ...NEWSLETTER } },
  },
  unknown_field: {
    summary: 'A field of the form that leads nowhere', body: { name: 'Contact us', fields: [{ name: 'mail', to: 'emial' }] },
    ...refused(DomainError.invalidField('fields.0.to', 'unknown_value',
      'fields.0.to must be a field of a lead, such as email or utm.source, or custom_fields.NAME')),
  },
  open_redirect: {
    summary: 'What is no address of a page', body: { name: 'Contact us', redirect_url: 'javascript:alert(1)' },
    ...refused(DomainError.invalidField('redirect_url', 'wrong_format', 'redirect_url must be an address that begins with https:// or http://')),
  },
} satisfies Examples;

export const listForms = {
  one: { summary: 'There is one', answer: { message: 'Forms listed', data: [form()], meta: { next_cursor: null } } },
} satisfies Examples;

export const getForm = { contact: { summary: 'A form of a website', answer: { message: 'Form found', data: form() } } } satisfies Examples;

export const updateForm = {
  other_page: {
    summary: 'Senders go to another page afterwards', body: { redirect_url: 'https://www.acme.example/welcome' },
    answer: { message: 'Form updated', data: form({ redirect_url: 'https://www.acme.example/welcome' }) },
  },
} satisfies Examples;

export const revokeForm = {
  revoked: { summary: 'A form that is not used any more', answer: { message: 'Form revoked', data: form({ revoked_at: MADE_AT }) } },
} satisfies Examples;

export const restoreForm = {
  restored: { summary: 'It is used again', answer: { message: 'Form restored', data: form() } },
} satisfies Examples;

export const rotateFormKey = {
  rotated: { summary: 'The key was misused', answer: { message: 'Form key rotated', data: form({ key: ANOTHER_KEY, action: `https://crm.headwater.example/f/${ANOTHER_KEY}` }) } },
} satisfies Examples;

const HTML = `<form action="https://crm.headwater.example/f/${EXAMPLE_FORM_KEY}" method="post" accept-charset="utf-8">
  <p><label>First name <input type="text" autocomplete="given-name" name="first_name"></label></p>
  <p><label>Last name <input type="text" autocomplete="family-name" name="last_name" required></label></p>
  <p><label>Work e-mail <input type="email" autocomplete="email" name="mail" required></label></p>
  <p><label>company <input type="text" autocomplete="organization" name="company"></label></p>
  <p><label>Team <input type="text" name="team_size"></label></p>
  <p><label><input type="checkbox" name="agree" value="yes"> I agree to be contacted about my request.</label></p>
  <p aria-hidden="true" style="position:absolute;left:-9999px"><label>Leave this empty <input type="text" name="hw_leave_empty" tabindex="-1" autocomplete="off"></label></p>
  <input type="hidden" name="hw_made_at" value="MADE_AT">
  <p><button type="submit">Send</button></p>
</form>`;

export const getFormSnippet = {
  contact: { summary: 'To be copied into a page', answer: { message: 'Snippet made', data: { html: HTML, script: FORM_SCRIPT } } },
} satisfies Examples;
