import type { ConversionMapping, MappedField } from '@headwater/contracts';

const alike = (entity: string, fields: string[]): MappedField[] => fields.map((field) => ({ to: `${entity}.${field}`, from: [field] }));

/** The mapping that every tenant begins with, version 0. */
export const DEFAULT_MAPPING: ConversionMapping = {
  fields: [
    { to: 'account.name', from: ['company_name', 'person_name', 'contact_point', 'lead_name'] },
    { to: 'account.domain', from: ['company_domain'] },
    ...alike('account', ['website', 'industry', 'employees', 'annual_revenue', 'street', 'city', 'state', 'postal_code', 'country']),
    { to: 'contact.full_name', from: ['person_name'] },
    ...alike('contact', [
      'salutation', 'first_name', 'last_name', 'job_title', 'email', 'phone', 'mobile', 'email_opt_out', 'do_not_call', 'consent', 'custom_fields',
    ]),
    ...alike('opportunity', ['tags']),
  ],
};
