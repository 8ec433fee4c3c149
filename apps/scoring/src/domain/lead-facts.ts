import type { IntakeState } from '@headwater/contracts';
import type { FieldCatalogue, Facts } from '@headwater/rules';

/** What the conditions of a model may ask of a lead; `custom_fields.<key>` besides. */
export const leadFields: FieldCatalogue = {
  salutation: 'text', first_name: 'text', last_name: 'text', full_name: 'text',
  company_name: 'text', job_title: 'text', industry: 'text', industry_raw: 'text', annual_revenue: 'number',
  employees: 'number', website: 'text', company_domain: 'text',
  email: 'text', email_valid: 'boolean', email_mx: 'boolean', email_kind: 'text',
  phone: 'text', phone_extension: 'text', phone_valid: 'boolean', mobile: 'text', mobile_valid: 'boolean',
  budget: 'text', timeline: 'text', estimated_value: 'number', currency: 'text', probability: 'number',
  street: 'text', city: 'text', state: 'text', postal_code: 'text', country: 'text',
  description: 'text', tags: 'text_list', email_opt_out: 'boolean', do_not_call: 'boolean',
  source: 'text', source_raw: 'text', channel: 'text', entry: 'text', campaign: 'text', routing_hint: 'text', created_at: 'date',
};

/** The lead as conditions see it: one flat record. */
export const factsOf = ({ profile, facts, attribution, created_at }: IntakeState): Facts =>
  ({ ...profile, ...facts, ...attribution, created_at });
