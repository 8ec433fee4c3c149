import { LeadUpdated, NoteAdded, type NewEvent, type Note } from '@headwater/contracts';
import { stateOf, type Lead } from './lead';

/** What a lead is now. @param changed the fields that are others than before */
export const leadUpdated = (lead: Lead, changed: string[]): NewEvent =>
  LeadUpdated.ofLead(lead.tenant_id, { lead_id: lead.id, revision: lead.revision }, { lead: stateOf(lead), changed });

export const noteAdded = ({ tenant_id, id, lead_id, text, author, cause, at }: Note & { tenant_id: string; lead_id: number }): NewEvent =>
  NoteAdded.of(tenant_id, id, { note_id: id, about: 'lead', about_id: lead_id, kept_by: 'intake', text, author, cause, at }, { leadId: lead_id });
