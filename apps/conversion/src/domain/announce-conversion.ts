import {
  AccountCreated, AccountUpdated, ContactCreated, ContactUpdated, CustomerCreated, CustomerUpdated, LeadConverted, NoteAdded, NotificationRequested,
  type ConvertedInto, type NewEvent, type NoteAddedData,
} from '@headwater/contracts';
import type { Made, MadeRecords } from './made';
import { announceChange, announceOpportunity } from './opportunities/announce-opportunity';

interface Conversion {
  records: MadeRecords;
  converted: ConvertedInto;
  /** of this lead */
  attribution: Record<string, unknown>;
  /** of the opportunity: of the lead that it came from */
  dealAttribution: Record<string, unknown> | null;
  /** the actor's name */
  actor: string;
  notes: string | null;
  /** UUIDs: of the note on the lead, and of that on the opportunity */
  noteIds: [string, string];
  /** e-mail to confirm to; null for nobody */
  confirmTo: string | null;
}

/** Everything that a conversion tells the world, in the order of its making. */
export function announceConversion(tenant: string, leadId: number, conversion: Conversion): NewEvent[] {
  const { records: { account, contact, customer }, converted, attribution, actor } = conversion;
  return [
    ...stateOf(account, (revision) => (account.linked ? AccountUpdated : AccountCreated)
      .of(tenant, account.record.id, { account: account.record }, about(leadId, account, revision))),
    ...stateOf(contact, (revision) => (contact.linked ? ContactUpdated : ContactCreated)
      .of(tenant, contact.record.id, { contact: contact.record }, about(leadId, contact, revision))),
    ...stateOf(customer, (revision) => (customer.linked ? CustomerUpdated : CustomerCreated)
      .of(tenant, customer.record.id, { customer: customer.record }, about(leadId, customer, revision))),
    ...dealOf(tenant, conversion),
    LeadConverted.ofLead(tenant, { lead_id: leadId }, { lead_id: leadId, into: converted, actor, attribution }),
    ...notesOf(tenant, leadId, conversion),
    ...confirmation(tenant, leadId, conversion),
  ];
}

/** A record that was there and is as it was is not told of. */
const stateOf = <Record>({ revision }: Made<Record>, event: (revision: number) => NewEvent): NewEvent[] =>
  (revision === null ? [] : [event(revision)]);

/** A state is about the lead that the record came from, whoever changed it. */
const about = (leadId: number, { record, linked }: Made<{ lead_id?: number | null }>, revision: number) =>
  ({ leadId: linked ? record.lead_id ?? undefined : leadId, revision });

function dealOf(tenant: string, { records: { opportunity }, dealAttribution: attribution, actor }: Conversion): NewEvent[] {
  if (!opportunity || opportunity.revision === null) return [];
  const told = { opportunity: opportunity.record, attribution, revision: opportunity.revision, actor };
  return opportunity.linked ? announceChange(tenant, told, told.opportunity.stage) : announceOpportunity(tenant, told);
}

function notesOf(tenant: string, leadId: number, { records, converted, actor: author, notes, noteIds }: Conversion): NewEvent[] {
  if (!notes) return [];
  const note = (data: Pick<NoteAddedData, 'note_id' | 'about' | 'about_id'>) => NoteAdded.of(tenant, data.note_id, {
    ...data, kept_by: 'conversion' as const, text: notes, author, cause: 'convert', at: converted.converted_at,
  }, { leadId });
  const [onLead, onOpportunity] = noteIds;
  return [
    note({ note_id: onLead, about: 'lead', about_id: leadId }),
    ...(records.opportunity ? [note({ note_id: onOpportunity, about: 'opportunity', about_id: records.opportunity.record.id })] : []),
  ];
}

function confirmation(tenant: string, leadId: number, { records, converted, confirmTo }: Conversion): NewEvent[] {
  if (!confirmTo) return [];
  const key = `lead_converted:${leadId}`;
  return [NotificationRequested.of(tenant, key, {
    kind: 'lead_converted',
    to: confirmTo,
    data: {
      lead_id: leadId,
      ...converted,
      customer_number: records.customer.record.customer_number,
      account_name: records.account.record.name,
      contact_name: records.contact.record.full_name ?? null,
      opportunity_name: records.opportunity?.record.name ?? null,
    },
    dedupe_key: key,
  }, { leadId })];
}
