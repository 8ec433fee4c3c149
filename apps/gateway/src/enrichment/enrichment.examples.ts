import { DomainError } from '@headwater/contracts';
import { EXAMPLE_IDS, refused, type Examples } from '../documents/example';
import { CONVERTED } from '../leads/example-lead';

const TABLE = { name: 'our_table', kind: 'company_table' };
const SERVICE = {
  name: 'company_data', kind: 'http_json', cost: 1, budget: { per_month: 1_000 }, when: { field: 'company_domain', op: 'exists' },
  settings: {
    url: 'https://api.company-data.example/v2/companies?domain={domain}', headers: { Authorization: 'Bearer {key}' }, per_minute: 60,
    fields: [{ path: '$.metrics.employees', field: 'employees', confidence: 0.8 }, { path: '$.category.industry', field: 'industry' }],
  },
};
const SETUP = {
  providers: [TABLE, SERVICE],
  on_capture: { when: { all: [{ field: 'email_kind', op: 'eq', value: 'business' }, { field: 'employees', op: 'missing' }] } },
  budget: { per_day: 100, per_month: 2_000 }, cache: { found_days: 60, nothing_days: 7 }, min_confidence: 0.6,
};
const WRITTEN = { ...SETUP, providers: [TABLE, { ...SERVICE, settings: { ...SERVICE.settings, key: 'the key of company-data.example' } }] };
const TABLE_ALONE = { providers: [TABLE] };

const AT = '2026-03-02T14:06:00.120Z';
const said = (field: string, value: string) => ({ field, value, provider: TABLE.name, confidence: 0.95 });
const ENRICHED = {
  lead_id: EXAMPLE_IDS.Lead, pending: false, enriched_at: AT,
  fields: [{ ...said('city', 'Austin'), at: AT }, { ...said('custom_fields.tier', 'gold'), at: AT }, { ...said('website', 'https://techcorp.com'), at: AT }],
  shown: [{ ...said('company_name', 'TechCorp Inc'), unused: 'has_value' }],
  attempts: [{ provider: TABLE.name, outcome: 'found', code: null, from_cache: false, cost: 0, at: '2026-03-02T14:06:00.101Z', ms_taken: 4 }],
};

const COMPANIES = { companies: [{ domain: 'techcorp.com', company_name: 'TechCorp Inc', website: 'https://techcorp.com', city: 'Austin', custom_fields: { tier: 'gold' } }] };

export const replaceCompanies = {
  one_company: {
    summary: 'What is known of one company', body: COMPANIES, answer: { message: 'Company table replaced', data: { companies: 1, version: 1, refused: 0, problems: [] } },
  },
} satisfies Examples;

export const enrichLead = {
  asked: {
    summary: 'Asked for, and looked up meanwhile', status: 202,
    answer: { message: 'Enrichment goes on', data: { lead_id: EXAMPLE_IDS.Lead, pending: true, enriched_at: null, fields: [], shown: [], attempts: [] } },
  },
  waited_for: { summary: 'Their own table knows her company', parameters: { Prefer: 'wait=10' }, answer: { message: 'Lead enriched', data: ENRICHED } },
  lead_locked: { summary: 'A lead that was converted', ...refused(DomainError.conflict('lead_locked', 'Lead is converted and locked', { converted: CONVERTED })) },
} satisfies Examples;

export const getLeadEnrichment = {
  looked_up: { summary: 'Looked up a moment ago', answer: { message: 'Enrichment found', data: ENRICHED } },
} satisfies Examples;

const ANSWER = { version: 1, setup: SETUP, keys: [SERVICE.name], spending: [], companies: 0 };

export const getEnrichmentSetup = {
  table_and_service: { summary: 'A table of their own, then a service', answer: { message: 'Enrichment setup found', data: ANSWER } },
} satisfies Examples;

export const replaceEnrichmentSetup = {
  table_alone: {
    summary: 'A table of their own, on demand', body: TABLE_ALONE, answer: { message: 'Enrichment setup replaced', data: { ...ANSWER, setup: TABLE_ALONE, keys: [] } },
  },
  table_and_service: { summary: 'A table of their own, then a service', body: WRITTEN, answer: { message: 'Enrichment setup replaced', data: ANSWER } },
  unknown_field: {
    summary: 'A condition over a field that is none', body: { providers: [{ ...TABLE, when: { field: 'land', op: 'eq', value: 'DE' } }] },
    ...refused(DomainError.invalidField('providers.0.when.field', 'unknown_field', "There is no field 'land'.")),
  },
} satisfies Examples;
