import { notUnderstood, sorted, type Answer, type Connector, type Delivery, type Ignored, type OpenBody, type Reading } from './connector';
import { isObject, listOf, objectsOf, textOf, type Json } from './json';
import { FetchingOptions } from './options';
import { expectSignature, hmac, sameText } from './signatures';

/** Meta's own questions; `work_email` and the like stand beside the private ones. */
const QUESTIONS: Readonly<Record<string, string>> = {
  email: 'email', work_email: 'email', full_name: 'full_name', first_name: 'first_name', last_name: 'last_name',
  phone_number: 'phone', phone: 'phone', work_phone_number: 'phone', company_name: 'company_name', job_title: 'job_title',
  street_address: 'street', city: 'city', state: 'state', province: 'state', country: 'country', post_code: 'postal_code',
  zip_code: 'postal_code', zip: 'postal_code', website: 'website', website_url: 'website',
};
const FETCHED = [
  'id', 'created_time', 'ad_id', 'ad_name', 'adset_id', 'adset_name', 'campaign_id', 'campaign_name', 'form_id', 'is_organic', 'platform',
  'field_data', 'custom_disclaimer_responses',
];
const KEPT = ['form_id', 'ad_id', 'ad_name', 'adset_name', 'page_id'];

/**
 * Leads of Facebook's and Instagram's forms. The notification only names the lead, which is fetched from the Graph API; where
 * it, or what a tool in between sends, already has the answers, they are read at once.
 */
export const metaLeadAds: Connector = {
  name: 'meta_lead_ads',
  title: 'Meta Lead Ads',
  entry: 'webhook',
  signal: 'form_submission',
  secrets: {
    app_secret: { required: true, description: 'App Secret of the Meta app: it signs what Meta sends' },
    verify_token: { required: true, description: 'the Verify Token that you make up and paste beside the address' },
    access_token: { required: false, description: 'long-lived Page access token with leads_retrieval: fetches the leads' },
  },
  options: FetchingOptions,
  source: { base_url: 'https://graph.facebook.com/v23.0', secret: 'access_token' },
  verify: ({ headers, bytes }, { secrets }) =>
    expectSignature('X-Hub-Signature-256', headers['x-hub-signature-256'], [`sha256=${hmac('sha256', secrets.app_secret, 'hex', bytes)}`]),
  challenge({ method, query }, { secrets }) {
    if (method !== 'GET') return null;
    const ok = query['hub.mode'] === 'subscribe' && sameText(query['hub.verify_token'] ?? '', secrets.verify_token);
    return ok
      ? { status: 200, content_type: 'text/plain', body: query['hub.challenge'] ?? '' }
      : { status: 403, content_type: 'text/plain', body: 'hub.verify_token is not the one of this connector' };
  },
  read({ body }: OpenBody): Reading {
    if (isObject(body) && Array.isArray(body.field_data)) return sorted([lead(body)]);
    const changes = (isObject(body) ? objectsOf(body.entry) : []).flatMap(({ changes: of }) => objectsOf(of));
    if (changes.length === 0) return notUnderstood('a notification of Meta');
    return sorted(changes.map((one) => ({ ...change(one), part: { object: 'page', entry: [{ changes: [one] }] } })));
  },
  readFetched: (record) => (isObject(record) && Array.isArray(record.field_data) ? lead(record) : null),
};

function change({ field, value }: Json): Delivery | Ignored {
  const notice = isObject(value) ? value : {};
  const id = textOf(notice.leadgen_id) ?? null;
  if (field !== 'leadgen') return { id, code: 'not_a_lead', because: `Meta tells of ${textOf(field)?.slice(0, 60) ?? 'something'}, not of a lead` };
  if (!id || !/^\d+$/.test(id)) return { id: null, code: 'not_understood', because: 'The notification has no leadgen_id' };
  if (/^4+$/.test(id)) return test(id);
  if (Array.isArray(notice.field_data)) return lead({ ...notice, id });
  return { id, answers: attribution(notice), fetch: { path: `/${id}?fields=${FETCHED.join(',')}` } };
}

function lead(record: Json): Delivery | Ignored {
  const id = textOf(record.id) ?? textOf(record.leadgen_id) ?? null;
  const fields = objectsOf(record.field_data);
  const values = fields.flatMap(({ values: of }) => listOf(of));
  if (values.some((value) => typeof value === 'string' && value.startsWith('<test lead:'))) return test(id);
  return {
    id,
    answers: [
      ...fields.map(({ name, values: of, value }): Answer => {
        const question = textOf(name) ?? 'answer';
        const known = question.toLowerCase();
        return { name: question, value: of ?? value, ...(Object.hasOwn(QUESTIONS, known) ? { field: QUESTIONS[known] } : {}) };
      }),
      ...attribution(record),
    ],
  };
}

const test = (id: string | null): Ignored => ({ id, code: 'test_delivery', because: "Meta's testing tool sent this" });

/** Whoever saw the form as an ad came by paid social; it says so in no other way. */
const attribution = (record: Json): Answer[] => [
  { name: 'utm_source', field: 'utm.source', value: textOf(record.platform) === 'ig' ? 'instagram' : 'facebook' },
  { name: 'utm_medium', field: 'utm.medium', value: record.is_organic === true ? 'social' : 'paid_social' },
  { name: 'campaign', field: 'utm.campaign', value: textOf(record.campaign_name) ?? textOf(record.campaign_id) },
  ...KEPT.map((name): Answer => ({ name, field: `custom_fields.${name}`, value: textOf(record[name]) })),
];
