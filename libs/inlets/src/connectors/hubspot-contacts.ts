import type { Answer } from './connector';
import { isObject, textOf, type Json } from './json';

/** Where HubSpot's own properties of a contact, and of its company, belong in a lead. */
const PROPERTIES: Readonly<Record<string, string>> = {
  email: 'email', work_email: 'email', firstname: 'first_name', lastname: 'last_name', full_name: 'full_name', salutation: 'salutation',
  phone: 'phone', mobilephone: 'mobile', company: 'company_name', jobtitle: 'job_title', website: 'website', industry: 'industry',
  numemployees: 'employees', numberofemployees: 'employees', annualrevenue: 'annual_revenue', address: 'street', city: 'city',
  state: 'state', zip: 'postal_code', country: 'country', message: 'description', hs_object_id: 'external_id', vid: 'external_id',
};
const COMPANY_OBJECT = '0-2';
const COMPANY_PROPERTIES: Readonly<Record<string, string>> = { ...PROPERTIES, name: 'company_name', domain: 'website' };

/** @param name `email`, or with the object that it is a property of: `0-1/email`, `0-2/name` */
export function hubspotAnswer(name: string, value: unknown, objectTypeId?: unknown): Answer {
  const [, object, property] = /^(0-\d+)[/.](.+)$/s.exec(name) ?? [null, textOf(objectTypeId), name];
  const fields = object === COMPANY_OBJECT ? COMPANY_PROPERTIES : PROPERTIES;
  const field = Object.hasOwn(fields, property) ? fields[property] : undefined;
  return { name: property, value: separated(value), ...(field ? { field } : {}) };
}

/** Several choices come in one text, between semicolons. */
const separated = (value: unknown): unknown =>
  (typeof value === 'string' && /^[^;]+(;[^;]+)+$/.test(value) ? value.split(';') : value);

/** The properties of a contact, as the API and webhooks of workflows write them: `email: "…"` or `email: {"value": "…"}`. */
export function hubspotProperties(record: Json): Json {
  const properties = isObject(record.properties) ? record.properties : record;
  return Object.fromEntries(Object.entries(properties).flatMap(([name, value]) => {
    const plain = isObject(value) ? value.value : value;
    return plain === null || plain === undefined || typeof plain === 'object' ? [] : [[name, plain]];
  }));
}

/** What HubSpot counts about a contact: nothing that a person said. */
const COUNTED = /^(hs_|hubspot_|num_|lastmodifieddate|createdate|first_conversion|recent_conversion|portal[-_]id|is-contact|canonical-vid|addedAt)/;

export const hubspotContactAnswers = (record: Json): Answer[] => [
  { name: 'external_id', field: 'external_id', value: textOf(record.id) ?? textOf(record.vid) },
  ...Object.entries(hubspotProperties(record)).filter(([name]) => !COUNTED.test(name)).map(([name, value]) => hubspotAnswer(name, value)),
];
