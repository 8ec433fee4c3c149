import { ignored, notUnderstood, type Answer, type Connector, type OpenBody, type Reading } from './connector';
import { isObject, objectsOf, textOf, type Json } from './json';
import { ConnectorOptions } from './options';
import { refused, sameText, VERIFIED } from './signatures';

const COLUMNS: Readonly<Record<string, string>> = {
  FULL_NAME: 'full_name', FIRST_NAME: 'first_name', LAST_NAME: 'last_name', EMAIL: 'email', WORK_EMAIL: 'email',
  PHONE_NUMBER: 'phone', WORK_PHONE: 'phone', WORK_PHONE_NUMBER: 'phone', COMPANY_NAME: 'company_name', JOB_TITLE: 'job_title',
  STREET_ADDRESS: 'street', CITY: 'city', REGION: 'state', POSTAL_CODE: 'postal_code', COUNTRY: 'country',
};
const KEPT = ['form_id', 'adgroup_id', 'creative_id'];

/** Lead forms of Google Ads. The key that was typed into the form's webhook comes in the body. */
export const googleAds: Connector = {
  name: 'google_ads',
  title: 'Google Ads lead forms',
  entry: 'webhook',
  signal: 'form_submission',
  secrets: { google_key: { required: true, description: 'the Key that you make up and paste beside the webhook URL of the lead form' } },
  options: ConnectorOptions,
  verify({ bytes }, { secrets }) {
    const key = keyIn(bytes);
    if (key === undefined) return refused('google_key is missing in the body');
    return sameText(key, secrets.google_key) ? VERIFIED : refused('google_key is not the one of this connector');
  },
  read({ body }: OpenBody): Reading {
    if (!isObject(body) || !Array.isArray(body.user_column_data)) return notUnderstood('a lead of Google Ads');
    const id = textOf(body.lead_id) ?? null;
    if (body.is_test === true) return ignored(id, 'test_delivery', '"Send test data" of Google Ads sent this');
    return { deliveries: [{ id, answers: [...objectsOf(body.user_column_data).map(column), ...attribution(body)] }], ignored: [] };
  },
  thanks: { status: 200, content_type: 'application/json', body: '{}' },
};

function keyIn(bytes: Buffer): string | undefined {
  try {
    const body: unknown = JSON.parse(bytes.toString());
    return isObject(body) ? textOf(body.google_key) : undefined;
  } catch {
    return undefined; // who sends no JSON sends no key, and is told so
  }
}

/** Columns have no name where the question is one of Google's for a trade. */
function column({ column_id, column_name, string_value, boolean_value, number_value }: Json): Answer {
  const id = textOf(column_id) ?? textOf(column_name) ?? 'answer';
  const label = textOf(column_name);
  const known = id.toUpperCase();
  return {
    name: id, value: string_value ?? boolean_value ?? number_value,
    ...(label ? { label } : {}), ...(Object.hasOwn(COLUMNS, known) ? { field: COLUMNS[known] } : {}),
  };
}

const attribution = (body: Json): Answer[] => [
  { name: 'gclid', field: 'click_ids.gclid', value: body.gcl_id },
  { name: 'utm_source', field: 'utm.source', value: 'google' },
  { name: 'utm_medium', field: 'utm.medium', value: 'cpc' },
  { name: 'campaign_id', field: 'campaign', value: textOf(body.campaign_id) },
  ...KEPT.map((name): Answer => ({ name, field: `custom_fields.${name}`, value: textOf(body[name]) })),
];
