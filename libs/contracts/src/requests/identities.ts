import { defineRequest } from '../request';

/** By what others than us name a person. */
export type IdentityKind = 'email' | 'external_id';

export interface Identity {
  tenant: string;
  kind: IdentityKind;
  /** as given in a question; as intake compares it in an answer */
  value: string;
}

/** An external id as intake keeps it: within the system that sent it. */
export const externalIdentity = (sender: string, id: string): string => `${sender} ${id}`;

/**
 * The lead that each identity is of: the one that a submission with it would reach, else null. `value` is null for an
 * address that is none.
 */
export const FindLeads = defineRequest<
  { identities: Identity[] }, { found: { value: string | null; lead_id: number | null }[] }
>('intake', 'find_leads');

/** By what each of these leads is named. */
export const GetIdentities = defineRequest<
  { leads: { tenant: string; lead_id: number }[] }, { identities: Identity[] }
>('intake', 'get_identities');
