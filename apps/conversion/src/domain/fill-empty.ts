import { MOST_CUSTOM_FIELDS, type Account, type Contact, type Opportunity } from '@headwater/contracts';
import { presence } from './mapping/fields';
import type { Values } from './mapping/map-lead';

/** What a lead adds to a record that was there before. */
export interface Fill {
  /** by column; empty when there is nothing to add */
  changes: Values;
  /** the fields that were empty and are filled, custom fields by their keys */
  filled: string[];
}

/** An address, and a name, are of one piece: filled as a whole or not at all. */
const ADDRESS = ['street', 'city', 'state', 'postal_code', 'country'];
const NAME = ['salutation', 'first_name', 'last_name', 'full_name'];

export function fillAccount(account: Account, values: Values, { leadId, ownerId }: { leadId: number; ownerId: number | null }): Fill {
  const company = account.kind === 'company' ? ['domain'] : []; // a person's account would be taken for the company by its domain
  return fill(account as unknown as Values, { ...values, owner_id: ownerId }, leadId, {
    single: [...company, 'website', 'industry', 'employees', 'annual_revenue', 'tags', 'owner_id'], whole: [ADDRESS],
  });
}

/** Opt-outs stand at their strictest, whoever said them. @param emailIsFree nobody else has the lead's e-mail */
export function fillContact(contact: Contact, values: Values, { leadId, emailIsFree }: { leadId: number; emailIsFree: boolean }): Fill {
  const filled = fill(contact as unknown as Values, values, leadId, {
    single: ['job_title', 'phone', 'mobile', 'consent', 'tags', ...(emailIsFree ? ['email'] : [])], whole: [NAME],
  });
  const stricter = (['email_opt_out', 'do_not_call'] as const).filter((field) => values[field] === true && !contact[field]);
  return { ...filled, changes: { ...filled.changes, ...Object.fromEntries(stricter.map((field) => [field, true])) } };
}

export const fillOpportunity = (opportunity: Opportunity, values: Values, leadId: number): Fill =>
  fill(opportunity as unknown as Values, values, leadId, { single: ['tags'], whole: [] });

export const fillCustomer = (customer: object, values: Values, leadId: number): Fill =>
  fill(customer as Values, values, leadId, { single: ['tags'], whole: [] });

function fill(record: Values, values: Values, leadId: number, { single, whole }: { single: string[]; whole: string[][] }): Fill {
  const empty = (field: string) => presence(record[field]) === null;
  const said = (field: string) => presence(values[field]) !== null;
  const fields = [...single.filter(empty), ...whole.filter((group) => group.every(empty)).flat()].filter(said);
  const held = record.custom_fields as Values | null | undefined;
  const added = Object.entries((values.custom_fields ?? {}) as Values).filter(([key, value]) => presence(held?.[key]) === null && presence(value) !== null)
    .slice(0, Math.max(0, MOST_CUSTOM_FIELDS - Object.keys(held ?? {}).length));
  const filled = [...fields, ...added.map(([key]) => `custom_fields.${key}`)];
  if (filled.length === 0) return { changes: {}, filled };
  return {
    filled,
    changes: {
      ...Object.fromEntries(fields.map((field) => [field, values[field]])),
      ...(added.length > 0 && { custom_fields: { ...held, ...Object.fromEntries(added) } }),
      ...('filled_by' in record && { filled_by: { ...record.filled_by as object | null, ...Object.fromEntries(filled.map((field) => [field, leadId])) } }),
    },
  };
}
