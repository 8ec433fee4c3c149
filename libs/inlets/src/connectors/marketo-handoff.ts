import { notUnderstood, sorted, type Answer, type Connector, type OpenBody, type Reading } from './connector';
import { handOver, HandoffOptions, type HandoffNames } from './handoff';
import { isObject, objectsOf, textOf, type Json } from './json';
import { expectToken, TOKEN_SECRET } from './signatures';

const NAMES: HandoffNames = {
  scores: ['leadScore', 'lead_score', 'Lead Score', 'score'],
  stages: ['lifecycleStatus', 'lifecycle_stage', 'lifecycleStage', 'leadStatus', 'Lead Status', 'lifecyclestage'],
};

/** Marketo's names that no other system uses. */
const FIELDS: Readonly<Record<string, string>> = {
  id: 'external_id', personid: 'external_id', leadid: 'external_id', mobilephone: 'mobile', company: 'company_name', companyname: 'company_name',
  title: 'job_title', billingcity: 'city', billingcountry: 'country', billingstate: 'state', billingpostalcode: 'postal_code', billingstreet: 'street',
  numberofemployees: 'employees', annualrevenue: 'annual_revenue', unsubscribed: 'email_opt_out', donotcall: 'do_not_call',
};

/** Contacts of a Marketo webhook: whatever its template says, flat or within `lead`, or as the REST API lists them. */
export const marketoHandoff: Connector<HandoffOptions> = {
  name: 'marketo_handoff',
  title: 'Marketo hand-off',
  entry: 'handoff',
  secrets: TOKEN_SECRET,
  options: HandoffOptions,
  verify: (request, { secrets }) => expectToken(request, secrets.token),
  read({ body }: OpenBody, options): Reading {
    const contacts = contactsIn(body);
    if (contacts.length === 0) return notUnderstood('a Marketo contact');
    return sorted(contacts.map((contact) => ({ ...handOver({ id: null, answers: answersOf(contact) }, options, NAMES), part: contact })));
  },
};

function contactsIn(body: unknown): Json[] {
  if (Array.isArray(body)) return objectsOf(body);
  if (!isObject(body)) return [];
  if (Array.isArray(body.result)) return objectsOf(body.result);
  const inside = [body.lead, body.person, body.contact].find(isObject);
  return [inside ? { ...body, lead: undefined, person: undefined, contact: undefined, ...inside } : body];
}

const answersOf = (contact: Json): Answer[] => Object.entries(contact)
  .filter(([, value]) => !isObject(value) && textOf(value) !== 'NULL')
  .map(([name, value]) => {
    const field = FIELDS[name.toLowerCase().replace(/[^a-z]/g, '')];
    return { name, value, ...(field ? { field } : {}) };
  });
