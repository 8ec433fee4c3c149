import type { IntakeState } from '@headwater/contracts';
import type { Facts } from '@headwater/rules';
import { factsOf } from './lead-facts';

/**
 * What a model that learns from outcomes may look at: what somebody is and how they came, nothing that names or reaches them, and nothing
 * that is judged later (stars, probability, status), which would tell the outcome. What they did is in the signals, each with its time.
 */
const FEATURES = [
  'job_title', 'industry', 'employees', 'annual_revenue', 'country', 'state', 'email_kind', 'email_valid', 'email_mx', 'phone_valid',
  'mobile_valid', 'budget', 'timeline', 'estimated_value', 'currency', 'tags', 'source', 'source_raw', 'channel', 'entry', 'campaign',
] as const;

/** Those of them that are known, in one order. */
export type Features = Readonly<Partial<Record<(typeof FEATURES)[number], unknown>>>;

export function featuresOf(lead: IntakeState): Features {
  const facts: Facts = factsOf(lead);
  return Object.fromEntries(FEATURES.flatMap((name) => (facts[name] == null ? [] : [[name, facts[name]]])));
}

/** A lead as it was kept. */
interface Kept {
  readonly lead: IntakeState | null;
  readonly intakeRevision: number;
  /** of which its features are kept; null without any */
  readonly featuresRevision: number | null;
}

/** The features of a lead where a change has made others of them, or those from before it were never kept; null where it has left them. */
export function newFeatures({ lead: before, intakeRevision, featuresRevision }: Kept, after: IntakeState): Features | null {
  const isKept = featuresRevision === intakeRevision;
  if (before === after && isKept) return null;
  const features = featuresOf(after);
  return before && isKept && JSON.stringify(featuresOf(before)) === JSON.stringify(features) ? null : features;
}
