import type { CreateLead } from '@headwater/contracts';
import { notUnderstood, sorted, type Answer, type Connector, type Delivery, type Ignored, type OpenBody, type Reading } from './connector';
import { hubspotAnswer, hubspotContactAnswers } from './hubspot-contacts';
import { HUBSPOT_SECRETS, HUBSPOT_SOURCE, verifyHubspot } from './hubspot-signature';
import { instantOf, isObject, listOf, objectIn, objectsOf, textOf, type Json } from './json';
import { FetchingOptions } from './options';
import { pageAnswers } from './origin';

const CREATED = new Set(['contact.creation', 'contact.restore']);
/** Contacts, in webhooks that are about any object. */
const CONTACT_OBJECT = '0-1';

/** Form submissions as HubSpot's API and embedded forms send them, contacts of workflows, and webhooks of an app. */
export const hubspot: Connector = {
  name: 'hubspot',
  title: 'HubSpot forms and webhooks',
  entry: 'webhook',
  signal: 'form_submission',
  secrets: HUBSPOT_SECRETS,
  options: FetchingOptions,
  source: HUBSPOT_SOURCE,
  verify: verifyHubspot,
  read({ body }: OpenBody): Reading {
    const events = Array.isArray(body) ? objectsOf(body) : [];
    if (events.length > 0) return readEvents(events);
    if (!isObject(body)) return notUnderstood('a HubSpot form submission, contact or list of events');
    if ('subscriptionType' in body) return readEvents([body]);
    if (Array.isArray(body.fields) || Array.isArray(body.values)) return { deliveries: [submission(body)], ignored: [] };
    return { deliveries: [contact(body)], ignored: [] };
  },
  readFetched: (record) => (isObject(record) && isObject(record.properties) ? contact(record) : null),
};

function submission(body: Json): Delivery {
  const context = objectIn(body, 'context');
  return {
    id: textOf(body.submissionId) ?? textOf(body.conversionId) ?? null,
    answers: [
      ...objectsOf(body.fields ?? body.values).map(({ name, value, objectTypeId }) => hubspotAnswer(textOf(name) ?? 'answer', value, objectTypeId)),
      ...pageAnswers(context.pageUri ?? body.pageUrl),
      { name: 'hubspot_utk', field: 'custom_fields.hubspot_utk', value: context.hutk },
      { name: 'page_name', field: 'custom_fields.page_name', value: context.pageName ?? body.pageTitle },
    ],
    ...consentOf(body),
  };
}

const contact = (record: Json): Delivery => ({ id: null, answers: hubspotContactAnswers(record) });

/** The text that was agreed to; a box that was left empty is no consent. */
function consentOf(body: Json): { parts?: Pick<CreateLead, 'consent'> } {
  const options = objectIn(body, 'legalConsentOptions');
  const consent = objectIn(options, 'consent');
  const interest = objectIn(options, 'legitimateInterest');
  const agreed = consent.consentToProcess === true || objectsOf(consent.communications).some(({ value }) => value === true);
  if (!agreed && interest.value !== true) return {};
  const text = textOf(agreed ? consent.text : interest.text) ?? (agreed ? 'consent' : 'legitimate interest');
  const at = instantOf(body.submittedAt);
  const page = textOf(objectIn(body, 'context').pageUri);
  return { parts: { consent: { text_version: text.slice(0, 100), ...(at ? { at } : {}), ...(page ? { origin: page.slice(0, 200) } : {}) } } };
}

/** Events only name their contact, which is fetched. */
function readEvents(events: Json[]): Reading {
  return sorted(events.map((event): Delivery | Ignored => {
    const type = textOf(event.subscriptionType) ?? textOf(event.eventType) ?? 'event';
    const object = textOf(event.objectId);
    const id = [type, object, textOf(event.eventId), textOf(event.occurredAt)].join(' ');
    const isNewContact = CREATED.has(type) || (type === 'object.creation' && event.objectTypeId === CONTACT_OBJECT);
    if (!isNewContact || !object || !/^\d+$/.test(object)) return { id, code: 'not_a_lead', because: `${type.slice(0, 60)} tells of no new person`, part: [event] };
    return { id, answers: [named(object)], fetch: contactById(object), part: [event] };
  }));
}

const named = (object: string): Answer => ({ name: 'external_id', field: 'external_id', value: object });

const FETCHED = [
  'email', 'firstname', 'lastname', 'salutation', 'phone', 'mobilephone', 'company', 'jobtitle', 'website', 'industry', 'numemployees',
  'annualrevenue', 'address', 'city', 'state', 'zip', 'country', 'message', 'lifecyclestage', 'hubspotscore',
];
export const contactById = (id: string): { path: string } => ({ path: `/crm/v3/objects/contacts/${id}?properties=${FETCHED.join(',')}` });

export const isHubspotEvents = (body: unknown): body is Json[] => listOf(body).some((event) => isObject(event) && 'subscriptionType' in event);
