import type {
  Attribution, ConvertedInto, IntakeState, KnownAccount, LeadFacts, LeadProfile, ReengagedFrom,
} from '@headwater/contracts';
import type { Enriched } from './enrichment/provenance';
import { pendingChanges, type Pending } from './pending-changes';

/** A lead as intake keeps it. */
export interface Lead {
  id: number;
  tenant_id: string;
  revision: number;
  profile: LeadProfile;
  facts: LeadFacts;
  attribution: Attribution;
  /** fields that a person edited, with who and when */
  edited: Record<string, { by: string; at: string }>;
  /** fields whose value only a provider of enrichment gave: nobody's word */
  enriched: Enriched;
  /** values that a sender gave and that may not be written without a person's consent */
  pending: Pending;
  /** the latest note */
  notes: string | null;
  reengaged_from: ReengagedFrom | null;
  /** that the person belongs to, as it was known when they first came */
  account: KnownAccount | null;
  converted: ConvertedInto | null;
  /** the lead that everything about this one belongs to since a merge */
  merged_into: number | null;
  created_at: string;
  updated_at: string;
}

/** The snapshot that others get. */
export function stateOf(lead: Lead): IntakeState {
  const waiting = pendingChanges(lead.pending, lead.profile).length;
  const { id, revision, created_at, updated_at, profile, facts, attribution, notes, reengaged_from, account, converted, merged_into } = lead;
  return {
    lead_id: id, revision, created_at, updated_at, profile, facts, attribution, notes, reengaged_from, account, converted, merged_into,
    ...(waiting > 0 ? { pending_changes: waiting } : {}),
  };
}
