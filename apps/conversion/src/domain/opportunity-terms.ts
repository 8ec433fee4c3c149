import { STAGE_BANDS, type Opportunity, type Stage, type Warning } from '@headwater/contracts';
import { addDays } from './calendar';

const DEFAULT_STAGE: Stage = 'prospecting';
const DAYS_TO_CLOSE = 90;

/** What a caller said of a deal. */
export interface GivenTerms {
  name: string;
  /** ≥ 0 */
  value: number;
  currency?: string | null;
  stage?: Stage | null;
  /** percent, 0 to 100 */
  probability?: number | null;
  /** a date that exists */
  closeDate?: string | null;
}

export type Terms = Pick<Opportunity, 'name' | 'value' | 'currency' | 'stage' | 'probability' | 'expected_close_date'>;

/**
 * Completes the terms of a deal: stage prospecting, close 90 days from today, probability in the middle of the stage's
 * band. What is unusual is taken and remarked on.
 * @param today the date in the tenant's time zone
 * @param currency the tenant's
 */
export function opportunityTerms(
  given: GivenTerms, { today, currency }: { today: string; currency: string },
): { terms: Terms; warnings: Warning[] } {
  const stage = given.stage ?? DEFAULT_STAGE;
  const [low, high] = STAGE_BANDS[stage];
  const terms: Terms = {
    name: given.name.trim(),
    value: given.value,
    currency: given.currency ?? currency,
    stage,
    probability: given.probability ?? (low + high) / 2,
    expected_close_date: given.closeDate ?? addDays(today, DAYS_TO_CLOSE),
  };
  return { terms, warnings: termWarnings(terms, today) };
}

/** What is unusual about the terms of a deal. @param today the date in the tenant's time zone */
export function termWarnings({ stage, probability, expected_close_date }: Omit<Terms, 'name'>, today: string): Warning[] {
  const [low, high] = STAGE_BANDS[stage];
  const warnings: Warning[] = [];
  if (expected_close_date < today) {
    warnings.push({ code: 'close_date_in_past', detail: `The close date ${expected_close_date} is in the past` });
  }
  if (probability < low || probability > high) {
    const band = low === high ? `${low} %` : `${low} to ${high} %`;
    warnings.push({
      code: 'probability_outside_stage_band', detail: `A probability of ${probability} % is unusual in ${stage}, where it is ${band}`,
      band: [low, high],
    });
  }
  return warnings;
}
