import {
  AccountCreated, ContactCreated, CustomerCreated, LeadConverted, NoteAdded, NotificationRequested,
  type ConvertAnswer, type ConvertedInto, type NewEvent, type NoteAddedData,
} from '@headwater/contracts';
import { announceOpportunity } from './opportunities/announce-opportunity';

/** Every record starts with this revision. */
const FIRST = 1;

interface Conversion {
  records: Pick<ConvertAnswer, 'account' | 'contact' | 'customer' | 'opportunity'>;
  converted: ConvertedInto;
  attribution: Record<string, unknown>;
  actor: string;
  /** the actor's name, for people */
  author: string;
  notes: string | null;
  /** UUIDs: of the note on the lead, and of that on the opportunity */
  noteIds: [string, string];
  /** e-mail to confirm to; null for nobody */
  confirmTo: string | null;
}

/** Everything that a conversion tells the world, in the order of its making. */
export function announceConversion(tenant: string, leadId: number, conversion: Conversion): NewEvent[] {
  const { records: { account, contact, customer, opportunity }, converted, attribution, actor } = conversion;
  const about = { leadId, revision: FIRST };
  const { linked, ...created } = account;
  return [
    ...(linked ? [] : [AccountCreated.of(tenant, account.id, { account: created }, about)]),
    ContactCreated.of(tenant, contact.id, { contact }, about),
    CustomerCreated.of(tenant, customer.id, { customer }, about),
    ...(opportunity ? announceOpportunity(tenant, { opportunity, attribution, revision: FIRST, actor }) : []),
    LeadConverted.ofLead(tenant, { lead_id: leadId }, { lead_id: leadId, into: converted, actor, attribution }),
    ...notesOf(tenant, leadId, conversion),
    ...confirmation(tenant, leadId, conversion),
  ];
}

function notesOf(tenant: string, leadId: number, { records, converted, author, notes, noteIds }: Conversion): NewEvent[] {
  if (!notes) return [];
  const note = (data: Pick<NoteAddedData, 'note_id' | 'about' | 'about_id'>) => NoteAdded.of(tenant, data.note_id, {
    ...data, kept_by: 'conversion' as const, text: notes, author, cause: 'convert', at: converted.converted_at,
  }, { leadId });
  const [onLead, onOpportunity] = noteIds;
  return [
    note({ note_id: onLead, about: 'lead', about_id: leadId }),
    ...(records.opportunity ? [note({ note_id: onOpportunity, about: 'opportunity', about_id: records.opportunity.id })] : []),
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
      customer_number: records.customer.customer_number,
      account_name: records.account.name,
      contact_name: records.contact.full_name ?? null,
      opportunity_name: records.opportunity?.name ?? null,
    },
    dedupe_key: key,
  }, { leadId })];
}
