import type { Context } from '../context';
import { defineRequest } from '../request';

/** What became of asking a provider. */
export const ENRICHMENT_OUTCOMES = ['asking', 'found', 'nothing', 'failed', 'no_budget', 'not_needed', 'interrupted'] as const;
export type EnrichmentOutcome = (typeof ENRICHMENT_OUTCOMES)[number];

/** Why a fact did not fill a field of the lead. */
export const UNUSED_REASONS = ['no_lead_field', 'has_value', 'edited', 'not_sure_enough', 'another_was_surer', 'contradicts_address'] as const;
export type UnusedReason = (typeof UNUSED_REASONS)[number];

export type EnrichedValue = string | number | boolean;

export interface EnrichmentAttempt {
  provider: string;
  outcome: EnrichmentOutcome;
  /** why it failed */
  code: string | null;
  /** it had been asked the same before, and was not asked again */
  from_cache: boolean;
  /** credits that it took from the budget */
  cost: number;
  at: string;
  /** milliseconds; null while it is asked */
  ms_taken: number | null;
}

/** What enrichment did for a lead. */
export interface EnrichmentView {
  lead_id: number;
  /** it is still at it; `lead.enriched` tells when it is done */
  pending: boolean;
  /** when it was done last */
  enriched_at: string | null;
  /** of the lead, as they are now: whoever gives a field another value takes it out of here */
  fields: { field: string; value: EnrichedValue; provider: string; confidence: number; at: string }[];
  /** what was found the last time besides, and why it fills nothing */
  shown: { field: string; value: EnrichedValue; provider: string; confidence: number; unused: UnusedReason }[];
  /** newest first */
  attempts: EnrichmentAttempt[];
}

/** Has a lead enriched; waits for it, if told to. */
export const EnrichLead = defineRequest<
  {
    context: Context; lead_id: number;
    /** milliseconds, at most 20,000 */
    wait_ms?: number;
  },
  { enrichment: EnrichmentView }
>('intake', 'enrich_lead');

export const GetEnrichment = defineRequest<{ context: Context; lead_id: number }, { enrichment: EnrichmentView }>('intake', 'get_enrichment');

/** Budgets as far as they are spent: credits, by provider (empty for all together) and period (a day or a month, UTC). */
export interface EnrichmentSpending { provider: string; period: string; amount: number }

export interface EnrichmentSetupView {
  version: number;
  /** without keys */
  setup: object;
  /** names of the providers that have one */
  keys: string[];
  spending: EnrichmentSpending[];
  /** rows of the company table */
  companies: number;
}
export const GetEnrichmentSetup = defineRequest<{ context: Context }, EnrichmentSetupView>('intake', 'get_enrichment_setup');
/** Replaces the setup. The document is checked by intake. */
export const PutEnrichmentSetup = defineRequest<{ context: Context; setup: unknown }, EnrichmentSetupView>('intake', 'put_enrichment_setup');

export const MOST_COMPANIES = 100_000;
/** A row of the company table: fields of a lead by whatever name, besides `domain` and `company_name`, of which one is a must. */
export type CompanyRow = Record<string, unknown>;

/** A row that can't be used, by its line. */
export interface CompanyProblem { line: number; code: string; detail: string }

/** Adds rows to a table that isn't used yet. Rows that come twice are there once. */
export const AddCompanies = defineRequest<
  {
    context: Context;
    /** UUID of the table that is being made */
    upload_id: string;
    rows: { line: number; fields: CompanyRow }[];
  },
  { problems: CompanyProblem[] }
>('intake', 'add_companies');

/** Uses the rows that were added from now on, in place of those before; none only where that is what was asked for. */
export const ReplaceCompanies = defineRequest<{ context: Context; upload_id: string; clears?: boolean }, { companies: number; version: number }>('intake', 'replace_companies');
