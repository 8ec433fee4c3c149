import { ignored, notUnderstood, type Answer, type Connector, type Delivery, type OpenBody, type Reading } from './connector';
import { isObject, objectIn, objectsOf, textOf, type Json } from './json';
import { ConnectorOptions } from './options';
import { trackingAnswers } from './origin';
import { expectSignature, hmac } from './signatures';

const PEOPLE = new Set(['contact', 'user', 'lead', 'visitor']);
/** Somebody writes to us there; that a record was made or changed is no question. */
const ASKS = /^(conversation\.user\.|contact\.lead\.(created|signed_up)|lead\.created|contact\.created)/;

export const intercom: Connector = {
  name: 'intercom',
  title: 'Intercom',
  entry: 'webhook',
  secrets: { client_secret: { required: true, description: 'client secret of the Intercom app: it signs what Intercom sends' } },
  options: ConnectorOptions,
  verify: ({ headers, bytes }, { secrets }) =>
    expectSignature('X-Hub-Signature', headers['x-hub-signature'], [`sha1=${hmac('sha1', secrets.client_secret, 'hex', bytes)}`]),
  read({ body }: OpenBody): Reading {
    const topic = isObject(body) ? textOf(body.topic) : undefined;
    const item = objectIn(objectIn(body, 'data'), 'item');
    if (!topic) return notUnderstood('a notification of Intercom');
    const id = textOf((body as Json).id) ?? null;
    if (topic === 'ping') return ignored(id, 'test_delivery', 'Intercom only makes sure that somebody is here');
    const person = personIn(item);
    if (!person || /delet|archiv/.test(topic)) return ignored(id, 'not_a_lead', `${topic.slice(0, 60)} is about no person`);
    return { deliveries: [deliveryOf(id, topic, item, person)], ignored: [] };
  },
};

function deliveryOf(id: string | null, topic: string, item: Json, person: Json): Delivery {
  return { id, raised_hand: ASKS.test(topic), answers: [...answersOf(person), ...(person === item ? [] : [messageOf(item)])] };
}

/** The contact itself, the one of a tag that was set, or who began a conversation. */
function personIn(item: Json): Json | null {
  if (PEOPLE.has(textOf(item.type) ?? '')) return item;
  const inside = [item.contact, item.user, objectIn(item, 'source').author, objectsOf(objectIn(item, 'contacts').contacts)[0]].filter(isObject);
  return inside.find((one) => PEOPLE.has(textOf(one.type) ?? '')) ?? null;
}

const messageOf = (item: Json): Answer => {
  const html = textOf(objectIn(item, 'source').body) ?? textOf(objectIn(item, 'conversation_message').body);
  return { name: 'message', field: 'notes', value: html?.replace(/<[^<>]*>/g, ' ').replace(/\s+/g, ' ').trim() };
};

function answersOf(person: Json): Answer[] {
  const place = { ...objectIn(person, 'location_data'), ...objectIn(person, 'location') };
  const companies = objectIn(person, 'companies');
  const company = objectsOf(companies.companies ?? companies.data).map(({ name }) => textOf(name)).find(Boolean);
  const tags = objectIn(person, 'tags');
  return [
    { name: 'id', field: 'external_id', value: person.id },
    { name: 'email', field: 'email', value: person.email },
    { name: 'phone', field: 'phone', value: person.phone },
    { name: 'name', field: 'full_name', value: person.name },
    { name: 'company', field: 'company_name', value: company },
    { name: 'city', field: 'city', value: place.city_name ?? place.city },
    { name: 'region', field: 'state', value: place.region_name ?? place.region },
    { name: 'postal_code', field: 'postal_code', value: place.postal_code },
    { name: 'country', field: 'country', value: place.country_code ?? place.country_name ?? place.country },
    { name: 'tags', field: 'tags', value: objectsOf(tags.tags ?? tags.data).map(({ name }) => textOf(name)).filter(Boolean) },
    // Only the refusal is a fact: who never refused hasn't agreed to anything either.
    { name: 'email_opt_out', field: 'email_opt_out', value: person.unsubscribed_from_emails === true ? true : undefined },
    { name: 'referrer', field: 'referrer', value: person.referrer },
    ...trackingAnswers(person),
    ...Object.entries(objectIn(person, 'custom_attributes')).map(([name, value]): Answer => ({ name, value })),
  ];
}
