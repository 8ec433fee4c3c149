import type { Rep } from './choosing/eligibility';
import { shortReason, type Assignment } from './assignment';
import { decideOwn } from './merged-owner';

/** What a decision says of a lead that goes to another rep with all the others. @param why half a sentence, or nothing */
export const handedOver = (from: string, why: string | null): string => `${from}'s leads go to others${why ? `: ${why}` : ''}`;

/** A lead whose owner is gone, before anybody else is found. */
export const withoutOwner = (lead: Assignment): Assignment =>
  ({ ...lead, owner: null, team: null, awaits_routing: false, own: lead.own && { ...lead.own, owner: null, team: null } });

/** A lead that a rep was given by name. `decision_id` comes from the store. */
export function given(lead: Assignment, { id, name, email, time_zone, team }: Rep, because: string, decision_id: number): Assignment {
  return { ...decideOwn(lead, { owner: { id, name, email, time_zone }, team, because: shortReason(because), decision_id }), awaits_routing: false };
}
