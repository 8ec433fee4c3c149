import type { Context, ConvertBody } from '@headwater/contracts';
import type { Mapped } from '../domain/mapping/map-lead';
import { companyKeys, namesCompany, newContact, type CompanyKeys, type NewContact } from '../domain/new-records';
import { mapLead } from '../domain/mapping/map-lead';
import type { VersionedMapping } from '../mapping/known-mappings';
import type { Gathered } from './gather-facts';

/** What a conversion is made from, once everything is known of the lead. */
export interface Plan {
  context: Context;
  body: ConvertBody;
  facts: Gathered;
  mapping: VersionedMapping;
  mapped: Mapped;
  person: NewContact;
  company: CompanyKeys;
  isCompany: boolean;
}

export function planOf(context: Context, body: ConvertBody, facts: Gathered, mapping: VersionedMapping): Plan {
  const overrides = body.field_overrides ?? {};
  const mapped = mapLead(mapping.mapping, facts.lead, overrides);
  const isCompany = namesCompany(facts.lead, overrides);
  return {
    context, body, facts, mapping, mapped, isCompany,
    person: newContact(mapped.values.contact, facts.lead.lead_id), company: companyKeys(mapped.values.account, isCompany),
  };
}
