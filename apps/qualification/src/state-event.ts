import {
  LeadContacted, LeadDisqualified, LeadNurtured, LeadQualified, LeadReopened,
  type EventDefinition, type LeadQualifiedData, type NewEvent, type Status,
} from '@headwater/contracts';
import { qualificationState, type LeadStatus } from './domain/lead-status';

/** What tells of a lead that came, or remains, in a status. The end is told by conversion. */
const TOLD_BY: Readonly<Record<Exclude<Status, 'converted'>, EventDefinition<LeadQualifiedData>>> = {
  new: LeadReopened, contacted: LeadContacted, nurturing: LeadNurtured, qualified: LeadQualified, disqualified: LeadDisqualified,
};

/** The event of the status that a lead is in. @param about what led there; no transitions where nothing did */
export const stateEvent = (lead: LeadStatus, about: Omit<LeadQualifiedData, 'qualification'>): NewEvent =>
  TOLD_BY[lead.status as Exclude<Status, 'converted'>]
    .ofLead(lead.tenant_id, lead, { qualification: qualificationState(lead), ...about });
