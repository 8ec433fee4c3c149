import {
  Anything, Count, CustomFields, Decimal, Document, ENRICHMENT_OUTCOMES, Flag, Id, Instant, Integer, Money, MOST_COMPANIES, NestedList, OneOf, Text, Texts, UNUSED_REASONS,
  type EnrichedValue, type EnrichmentOutcome, type UnusedReason,
} from '@headwater/contracts';

const CREDITS = [0, Number.MAX_SAFE_INTEGER] as const;

/** A company as it stands in a table. */
class CompanyEntry {
  @Text(253, { description: 'by which it is found; else by its name, if it is the only one of that name', example: 'techcorp.com' }) domain?: string | null;
  @Text(200) company_name?: string | null;
  @Text(80) industry?: string | null;
  @Money() annual_revenue?: number | null;
  @Integer(0, 100_000_000) employees?: number | null;
  @Text(500) website?: string | null;
  @Text(2_000) description?: string | null;
  @Text(200) street?: string | null;
  @Text(100) city?: string | null;
  @Text(100) state?: string | null;
  @Text(20) postal_code?: string | null;
  @Text(60, { description: 'code or name' }) country?: string | null;
  @CustomFields(50) custom_fields?: Record<string, unknown> | null;
}

export class CompanyTableRequest {
  @NestedList(() => CompanyEntry, 1_000, { required: true, description: 'a larger table is sent as CSV' }) companies: CompanyEntry[];
}

class CompanyProblem {
  @Integer(1, Number.MAX_SAFE_INTEGER, { required: true, description: 'of the CSV; else its place in the list' }) line: number;
  @Text(60, { required: true }) code: string;
  @Text(500, { required: true }) detail: string;
}

export class CompanyTable {
  @Integer(0, MOST_COMPANIES, { required: true }) companies: number;
  @Integer(0, 1_000_000_000, { required: true, description: 'of the setup, which it is a part of' }) version: number;
  @Integer(0, MOST_COMPANIES, { required: true, description: 'rows that were left out' }) refused: number;
  @NestedList(() => CompanyProblem, 100, { required: true, description: 'the first hundred of them' }) problems: CompanyProblem[];
}

class FactOfProvider {
  @Text(120, { required: true, example: 'employees' }) field: string;
  @Anything({ description: 'a text, a number, or true or false', example: 250 }) value: EnrichedValue;
  @Text(40, { required: true, description: 'as the setup calls it', example: 'website' }) provider: string;
  @Decimal(0, 1, { required: true }) confidence: number;
}

class EnrichedField extends FactOfProvider {
  @Instant({ required: true }) at: string;
}

class ShownFact extends FactOfProvider {
  @OneOf(UNUSED_REASONS, { required: true, description: 'why it fills nothing' }) unused: UnusedReason;
}

class ProviderAttempt {
  @Text(40, { required: true }) provider: string;
  @OneOf(ENRICHMENT_OUTCOMES, { required: true }) outcome: EnrichmentOutcome;
  @Text(60, { description: 'why it failed' }) code?: string | null;
  @Flag({ required: true, description: 'it had been asked the same before, and was not asked again' }) from_cache: boolean;
  @Integer(...CREDITS, { required: true, description: 'credits that it took' }) cost: number;
  @Instant({ required: true }) at: string;
  @Count({ description: 'milliseconds; null while it is asked' }) ms_taken?: number | null;
}

export class Enrichment {
  @Id({ required: true }) lead_id: number;
  @Flag({ required: true, description: 'providers are still asked' }) pending: boolean;
  @Instant({ description: 'when that was done last' }) enriched_at?: string | null;
  @NestedList(() => EnrichedField, 500, { required: true, description: 'fields of the lead that nobody but a provider gave' }) fields: EnrichedField[];
  @NestedList(() => ShownFact, 500, { required: true, description: 'what was found the last time besides' }) shown: ShownFact[];
  @NestedList(() => ProviderAttempt, 50, { required: true, description: 'newest first' }) attempts: ProviderAttempt[];
}

class Spending {
  @Text(40, { description: 'empty for all providers together' }) provider: string;
  @Text(10, { required: true, description: 'a month or a day, UTC', example: '2026-03' }) period: string;
  @Integer(...CREDITS, { required: true }) amount: number;
}

export class EnrichmentSetupAnswer {
  @Integer(0, 1_000_000_000, { required: true, description: 'rises with every change; 0 before the first' }) version: number;
  @Document({ required: true, description: 'providers, on_capture, budget, cache, min_confidence: as it may be sent back' }) setup: object;
  @Texts(100, 40, { required: true, description: 'providers whose key is kept; keys themselves are never read out' }) keys: string[];
  @NestedList(() => Spending, 100, { required: true, description: 'credits of this month and of today' }) spending: Spending[];
  @Integer(0, MOST_COMPANIES, { required: true, description: 'rows of the company table' }) companies: number;
}
