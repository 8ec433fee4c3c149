import { DomainError } from '@headwater/contracts';
import { EXAMPLE_IDS, refused, type Examples } from '../documents/example';
import { connectorKinds } from './connectors';

const CREATED_AT = '2026-03-01T08:30:00.125Z';
const KEY = 'hwc_Zq3v0mJ1x9TtW5cY7rNfB2kLhD8sGaEu';
const ANOTHER_KEY = 'hwc_u4Xn8Lq2sTzV6yRw1JdKpC9mBfHgE3aO';
const TYPEFORM = {
  id: EXAMPLE_IDS.Connector, name: 'Demo requests', kind: 'typeform', entry: 'webhook', key: KEY, url: `http://127.0.0.1:8080/in/${KEY}`,
  options: { tags: ['demo'] }, secrets: ['secret'], created_at: CREATED_AT, updated_at: CREATED_AT, revoked_at: null,
};
const BODY = { name: 'Demo requests', kind: 'typeform', options: { tags: ['demo'] }, secrets: { secret: 'made up, and pasted at Typeform' } };

const PARTNER = {
  name: 'Partner', kind: 'generic', options: { mapping: { lead: { email: '$.mail', last_name: '$.surname' } } }, secrets: { token: 'given to the partner' },
};
const CORRECTED = { mapping: { lead: { email: '$.person.email', last_name: '$.person.surname' } } };
const OF_PARTNER = { ...TYPEFORM, ...PARTNER, secrets: ['token'] };

export const createConnector = {
  partner: { summary: 'For any sender of JSON, by a mapping', body: PARTNER, answer: { message: 'Connector created', data: OF_PARTNER } },
  typeform: { summary: 'For the responses of a Typeform', body: BODY, answer: { message: 'Connector created', data: TYPEFORM } },
  not_valid: {
    summary: 'Without the secret that Typeform signs with', body: { ...BODY, secrets: {} },
    ...refused(DomainError.invalidField('secrets.secret', 'required', 'secrets.secret is required')),
  },
} satisfies Examples;

export const listConnectors = {
  a_page: { summary: 'One of them', parameters: { limit: 50 }, answer: { message: 'Connectors listed', data: [TYPEFORM], meta: { next_cursor: null } } },
} satisfies Examples;

export const listConnectorKinds = {
  typeform: {
    summary: 'One of them', parameters: { kind: 'typeform' },
    answer: { message: 'Connector kinds listed', data: connectorKinds().filter(({ kind }) => kind === 'typeform') },
  },
} satisfies Examples;

export const getConnector = { typeform: { summary: 'Its settings', answer: { message: 'Connector found', data: TYPEFORM } } } satisfies Examples;

const MAPPED = { tags: ['demo'], fields: { 'What is your budget?': 'budget' } };

export const updateConnector = {
  corrected: {
    summary: 'What it looked for stands elsewhere', body: { options: CORRECTED },
    answer: { message: 'Connector updated', data: { ...OF_PARTNER, options: CORRECTED, updated_at: '2026-03-02T09:00:00.500Z' } },
  },
  mapping: {
    summary: 'The answer to a question of its own goes to a field of a lead', body: { options: MAPPED },
    answer: { message: 'Connector updated', data: { ...TYPEFORM, options: MAPPED, updated_at: '2026-03-02T09:00:00.500Z' } },
  },
  not_valid: {
    summary: 'To a field that a lead does not have', body: { options: { fields: { size: 'shoe_size' } } },
    ...refused(DomainError.invalidField(
      'options.fields.size', 'unknown_field', 'options.fields.size must be a field of a lead, custom_fields.… or null')),
  },
} satisfies Examples;

export const rotateConnectorKey = {
  typeform: {
    summary: 'The address has become known',
    answer: {
      message: 'Connector has a new address',
      data: { ...TYPEFORM, key: ANOTHER_KEY, url: `http://127.0.0.1:8080/in/${ANOTHER_KEY}`, updated_at: '2026-03-03T09:00:00.500Z' },
    },
  },
} satisfies Examples;

export const revokeConnector = {
  typeform: {
    summary: 'The form is taken down',
    answer: { message: 'Connector revoked', data: { ...TYPEFORM, updated_at: '2026-05-01T12:00:00.750Z', revoked_at: '2026-05-01T12:00:00.750Z' } },
  },
} satisfies Examples;

const RESPONSE = {
  event_type: 'form_response',
  form_response: {
    token: 'x71for1wr6irs2rx71fotn12b3izh25v', definition: { fields: [{ id: 'M8', title: "What's your name?" }] },
    answers: [{ type: 'text', text: 'Ada Ito', field: { id: 'M8', type: 'short_text' } }],
  },
};

export const testConnector = {
  response: {
    summary: 'A response', body: { content_type: 'application/json', body: JSON.stringify(RESPONSE) },
    answer: {
      message: 'Delivery read',
      data: [{ delivery_id: 'x71for1wr6irs2rx71fotn12b3izh25v', outcome: 'lead', lead: { full_name: 'Ada Ito', tags: ['demo'] }, problems: [] }],
    },
  },
  not_understood: {
    summary: 'Something else', body: { body: 'hello' },
    answer: {
      message: 'Delivery read',
      data: [{ delivery_id: null, outcome: 'rejected', code: 'not_understood', because: 'This is not a response of Typeform' }],
    },
  },
} satisfies Examples;
