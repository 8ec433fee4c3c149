import { ignored, notUnderstood, type Answer, type Connector, type OpenBody, type Reading } from './connector';
import { instantOf, isObject, objectIn, textOf, type Json } from './json';
import { ConnectorOptions } from './options';
import { expectToken, TOKEN_SECRET } from './signatures';

const MERGE_FIELDS: Readonly<Record<string, string>> = {
  EMAIL: 'email', FNAME: 'first_name', LNAME: 'last_name', PHONE: 'phone', COMPANY: 'company_name', JOBTITLE: 'job_title', WEBSITE: 'website',
};
const ADDRESS: Readonly<Record<string, string>> = {
  addr1: 'street', city: 'city', state: 'state', zip: 'postal_code', country: 'country',
};
const PEOPLE = new Set(['subscribe', 'profile', 'upemail', 'unsubscribe']);

/** Audiences of Mailchimp: forms, one level deep, with a secret in the address instead of a signature. */
export const mailchimp: Connector = {
  name: 'mailchimp',
  title: 'Mailchimp audiences',
  entry: 'webhook',
  secrets: { token: { ...TOKEN_SECRET.token, required: true } },
  options: ConnectorOptions,
  verify: (request, { secrets }) => expectToken(request, secrets.token),
  challenge: ({ method }) => (method === 'GET' ? { status: 200, content_type: 'text/plain', body: 'ok' } : null),
  read({ body }: OpenBody): Reading {
    const type = isObject(body) ? textOf(body.type) : undefined;
    if (!isObject(body) || !type) return notUnderstood('a webhook of Mailchimp');
    const data = objectIn(body, 'data');
    const id = idOf(type, textOf(body.fired_at), data);
    if (!PEOPLE.has(type)) return ignored(id, 'not_a_lead', `Mailchimp tells of "${type.slice(0, 40)}", not of a subscriber`);
    // Whoever takes a newsletter, or leaves it, doesn't ask to be called.
    return { deliveries: [{ id, answers: answersOf(type, data), raised_hand: false }], ignored: [] };
  },
};

/** Without its time one event can't be told from the next of its kind. */
function idOf(type: string, firedAt: string | undefined, data: Json): string | null {
  const who = textOf(data.id) ?? textOf(data.new_id) ?? textOf(data.email) ?? textOf(data.new_email);
  const at = firedAt && (instantOf(firedAt) ?? firedAt);
  return at && who ? [type, textOf(data.list_id), who, at].filter(Boolean).join(' ') : null;
}

function answersOf(type: string, data: Json): Answer[] {
  const merges = objectIn(data, 'merges');
  return [
    { name: 'email', field: 'email', value: data.new_email ?? data.email },
    { name: 'former_email', field: 'custom_fields.former_email', value: data.old_email },
    ...Object.entries(merges).flatMap(([name, value]) => mergeField(name, value)),
    { name: 'list_id', field: 'custom_fields.mailchimp_list', value: data.list_id },
    { name: 'email_opt_out', field: 'email_opt_out', value: type === 'unsubscribe' ? true : undefined },
    { name: 'notes', field: 'notes', value: type === 'unsubscribe' ? `Unsubscribed in Mailchimp${reasonOf(data)}` : undefined },
  ];
}

const reasonOf = ({ action, reason }: Json): string => {
  const why = [textOf(action), textOf(reason)].filter(Boolean).join(', ');
  return why && ` (${why})`;
};

function mergeField(name: string, value: unknown): Answer[] {
  if (name === 'GROUPINGS') return []; // the same as INTERESTS, which is easier to read
  if (name === 'ADDRESS' && isObject(value)) return Object.entries(ADDRESS).map(([part, field]) => ({ name: part, field, value: value[part] }));
  return [{ name, value, ...(Object.hasOwn(MERGE_FIELDS, name) ? { field: MERGE_FIELDS[name] } : {}) }];
}
