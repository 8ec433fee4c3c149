import { ReturnLeads } from './return-leads';

/** Leads that are nurtured no longer. */
export const RETURNING = { providers: [ReturnLeads] };
