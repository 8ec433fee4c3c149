import type { FieldCatalogue } from '@headwater/rules';
import type { Lead } from '../lead';

/** The fields of a lead that conditions of an enrichment setup may ask for; `custom_fields.<key>` needs no declaration. */
export const RULE_FIELDS: FieldCatalogue = {
  company_name: 'text', job_title: 'text', industry: 'text', annual_revenue: 'number', employees: 'number', website: 'text', email: 'text',
  city: 'text', state: 'text', postal_code: 'text', country: 'text', description: 'text', budget: 'text', timeline: 'text', tags: 'text_list',
  source: 'text', channel: 'text', entry: 'text', campaign: 'text',
  email_kind: 'text', email_valid: 'boolean', company_domain: 'text',
};

/** What conditions see of a lead. */
export const ruleFacts = ({ profile, facts, attribution }: Pick<Lead, 'profile' | 'facts' | 'attribution'>): Readonly<Record<string, unknown>> =>
  ({ ...profile, ...attribution, ...facts });
