import { DomainError } from '@headwater/contracts';
import { refused, type Examples } from '../documents/example';

const FIELDS = [
  { to: 'account.name', from: ['company_name', 'person_name', 'contact_point'] },
  { to: 'account.domain', from: ['company_domain'] },
  { to: 'account.custom_fields.erp', from: ['custom_fields.erp_system'] },
  { to: 'contact.full_name', from: ['person_name'] },
  { to: 'contact.email', from: ['email'] },
  { to: 'contact.phone', from: ['phone', 'mobile'] },
  { to: 'contact.email_opt_out', from: ['email_opt_out'] },
  { to: 'contact.do_not_call', from: ['do_not_call'] },
  { to: 'contact.consent', from: ['consent'] },
  { to: 'opportunity.tags', from: ['tags'] },
  { to: 'opportunity.custom_fields.campaign', from: ['campaign'] },
];
const MAPPING = { fields: FIELDS };
const stored = { mapping: MAPPING, created_by: 'CRM sync', created_at: '2026-03-01T09:00:00.000Z' };

export const getConversionMapping = {
  own_mapping: { summary: 'A mapping of their own', answer: { message: 'Mapping found', data: { version: 1, restored_from: null, ...stored } } },
} satisfies Examples;

export const replaceConversionMapping = {
  own_mapping: {
    summary: 'A custom field of their leads goes to the account', body: MAPPING,
    answer: { message: 'Mapping replaced', data: { version: 1, restored_from: null, ...stored } },
  },
  type_mismatch: {
    summary: 'A text where a number belongs', body: { fields: [...FIELDS, { to: 'account.employees', from: ['budget'] }] },
    ...refused(DomainError.invalidField(
      'fields.11.from.0', 'type_mismatch', 'budget is text of at most 500 characters, and account.employees takes a whole number')),
  },
  mapped_twice: {
    summary: 'One field from two rows', body: { fields: [...FIELDS, { to: 'account.name', from: ['website'] }] },
    ...refused(DomainError.invalidField('fields.11.to', 'mapped_twice', 'account.name is mapped twice, first in fields.0')),
  },
} satisfies Examples;

export const restoreConversionMapping = {
  first_own: {
    summary: 'Their first one counts again', body: { version: 1 },
    answer: { message: 'Mapping restored', data: { version: 2, restored_from: 1, ...stored } },
  },
} satisfies Examples;
