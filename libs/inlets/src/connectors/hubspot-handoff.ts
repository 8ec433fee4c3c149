import { Pattern } from '@headwater/contracts';
import { notUnderstood, sorted, type Connector, type Delivery, type Ignored, type OpenBody, type Reading } from './connector';
import { handOver, HandoffOptions, type HandoffNames } from './handoff';
import { contactById, isHubspotEvents } from './hubspot';
import { hubspotAnswer, hubspotContactAnswers, hubspotProperties } from './hubspot-contacts';
import { HUBSPOT_SECRETS, HUBSPOT_SOURCE, verifyHubspot } from './hubspot-signature';
import { isObject, objectsOf, textOf, type Json } from './json';
import { BASE_URL } from './options';

const NAMES: HandoffNames = {
  scores: ['hubspotscore', 'hs_predictivecontactscore_v2', 'hs_predictivecontactscore', 'lead_score', 'score'],
  stages: ['lifecyclestage', 'lifecycle_stage'],
};
const WATCHED = new Set([...NAMES.scores, ...NAMES.stages]);

export class HubspotHandoffOptions extends HandoffOptions {
  @Pattern(BASE_URL, 500, { description: "where contacts are fetched from; HubSpot's own address when absent" }) base_url?: string | null;
}

/** HubSpot contacts that marketing hands over: by a workflow's webhook, or an app's `contact.propertyChange` of score or stage. */
export const hubspotHandoff: Connector<HubspotHandoffOptions> = {
  name: 'hubspot_handoff',
  title: 'HubSpot hand-off',
  entry: 'handoff',
  secrets: HUBSPOT_SECRETS,
  options: HubspotHandoffOptions,
  source: HUBSPOT_SOURCE,
  verify: verifyHubspot,
  read({ body }: OpenBody, options): Reading {
    if (isHubspotEvents(body)) return sorted(objectsOf(body).map((event) => ({ ...readEvent(event, options), part: [event] })));
    const contacts = (Array.isArray(body) ? objectsOf(body) : [body]).filter(isObject);
    if (contacts.length === 0) return notUnderstood('a HubSpot contact');
    return sorted(contacts.map((contact) => ({ ...fromContact(contact, options), part: contact })));
  },
  // The rule has handed it over already, by the event: what is known of it now, or isn't fetched, doesn't take that back.
  readFetched: (record) => (isObject(record) && isObject(record.properties)
    ? { id: null, answers: hubspotContactAnswers(record).filter(({ name }) => !WATCHED.has(name)) } : null),
};

/** Some of HubSpot's own counts are what the rule is about. */
function fromContact(contact: Json, options: HandoffOptions): Delivery | Ignored {
  const known = hubspotContactAnswers(contact);
  const wanted = [...WATCHED, options.score_field, options.stage_field];
  const watched = Object.entries(hubspotProperties(contact))
    .filter(([name]) => wanted.includes(name) && !known.some((answer) => answer.name === name));
  return handOver({ id: null, answers: [...known, ...watched.map(([name, value]) => hubspotAnswer(name, value))] }, options, NAMES);
}

function readEvent(event: Json, options: HandoffOptions): Delivery | Ignored {
  const object = textOf(event.objectId);
  const property = textOf(event.propertyName);
  const id = [textOf(event.subscriptionType), object, textOf(event.eventId), textOf(event.occurredAt)].join(' ');
  const isWatched = property !== undefined && [...WATCHED, options.score_field, options.stage_field].includes(property);
  if (!object || !/^\d+$/.test(object) || !isWatched) {
    return { id, code: 'not_a_lead', because: 'It tells neither of a score nor of a lifecycle stage' };
  }
  const verdict = handOver({ id, answers: [{ name: property, value: event.propertyValue }] }, options, NAMES);
  if (!('answers' in verdict)) return verdict;
  return { ...verdict, answers: [{ name: 'external_id', field: 'external_id', value: object }, ...verdict.answers], fetch: contactById(object) };
}
