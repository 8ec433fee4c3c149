import { notUnderstood, sorted, type Answer, type Connector, type OpenBody, type Reading } from './connector';
import { handOver, HandoffOptions, type HandoffNames } from './handoff';
import { isObject, objectIn, objectsOf, textOf, type Json } from './json';
import { expectToken, TOKEN_SECRET } from './signatures';

const NAMES: HandoffNames = {
  scores: ['score', 'lead_score', 'contact_score', 'scorevalue', 'score_value'],
  stages: ['lifecycle_stage', 'lifecyclestage', 'lifecycle', 'stage'],
};
const FIELDS: Readonly<Record<string, string>> = {
  id: 'external_id', firstname: 'first_name', lastname: 'last_name', orgname: 'company_name', customer_acct_name: 'company_name',
  organization: 'company_name', tags: 'tags',
};
/** What is of the server, not of the person. */
const TECHNICAL = /^(ip4?|hash|cdate|udate|deleted|anonymized|gravatar|seriesid|customer_acct_id|orgid|links|p|status)$/;

/** Contacts of ActiveCampaign's webhooks: a form, `contact[email]=…` and custom fields within `contact[fields]`; or JSON. */
export const activecampaignHandoff: Connector<HandoffOptions> = {
  name: 'activecampaign_handoff',
  title: 'ActiveCampaign hand-off',
  entry: 'handoff',
  secrets: TOKEN_SECRET,
  options: HandoffOptions,
  verify: (request, { secrets }) => expectToken(request, secrets.token),
  read({ body }: OpenBody, options): Reading {
    if (!isObject(body)) return notUnderstood('an ActiveCampaign contact');
    const contact = isObject(body.contact) ? body.contact : body;
    return sorted([handOver({ id: idOf(body, contact), answers: answersOf(body, contact) }, options, NAMES)]);
  },
};

/** The same contact at another time may have another score. */
function idOf(body: Json, contact: Json): string | null {
  const id = textOf(contact.id);
  const at = textOf(body.date_time);
  return id && at ? [textOf(body.type), id, at].filter(Boolean).join(' ') : null;
}

function answersOf(body: Json, contact: Json): Answer[] {
  const own = Object.entries(contact).filter(([name, value]) => !isObject(value) && !TECHNICAL.test(name)).map(([name, value]): Answer => {
    const field = FIELDS[name.toLowerCase()];
    return { name, value: name === 'tags' ? textOf(value)?.split(',') ?? value : value, ...(field ? { field } : {}) };
  });
  const custom = [objectIn(contact, 'fields'), objectIn(body, 'fields')].flatMap((fields) => Object.entries(fields)).map(([name, value]): Answer =>
    ({ name, value: typeof value === 'string' && value.startsWith('||') ? value.split('||').filter(Boolean) : value }));
  const listed = objectsOf(contact.fieldValues).map(({ field, value }): Answer => ({ name: `field_${textOf(field) ?? ''}`, value }));
  const around = contact === body ? [] : [...NAMES.scores, ...NAMES.stages].map((name): Answer => ({ name, value: body[name] }));
  return [...own, ...custom, ...listed, ...around];
}
