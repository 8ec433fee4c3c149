import {
  Anything, Decimal, Document, ENRICHMENT_OUTCOMES, Flag, Instant, Integer, MOST_COMPANIES, NestedList, OneOf, Text, Texts, UNUSED_REASONS,
  type EnrichedValue, type EnrichmentOutcome, type UnusedReason,
} from '@headwater/contracts';

const ID = [1, Number.MAX_SAFE_INTEGER] as const;
const CREDITS = [0, Number.MAX_SAFE_INTEGER] as const;

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
  @Integer(0, Number.MAX_SAFE_INTEGER, { description: 'milliseconds; null while it is asked' }) ms_taken?: number | null;
}

export class Enrichment {
  @Integer(...ID, { required: true }) lead_id: number;
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
