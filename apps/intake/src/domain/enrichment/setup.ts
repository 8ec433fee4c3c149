import { evaluate } from '@headwater/rules';
import type { Lead } from '../lead';
import { ruleFacts } from './rule-fields';
import { DEFAULT_SETUP, type SetupBudget, type SetupDocument, type SetupProvider } from './setup-document';

/** A tenant's setup as it is used, with the secrets that nobody reads. */
export interface Setup {
  tenant: string;
  /** 0 for what every tenant begins with */
  version: number;
  document: SetupDocument;
  /** keys by the name of their provider */
  secrets: Readonly<Record<string, string>>;
  /** the upload that is the company table; null without one */
  companies: string | null;
}

export const beginning = (tenant: string): Setup => ({ tenant, version: 0, document: DEFAULT_SETUP, secrets: {}, companies: null });

const FOUND_DAYS = 30;
const NOTHING_DAYS = 3;
const MIN_CONFIDENCE = 0.5;

export const cacheDays = ({ cache }: SetupDocument, found: boolean): number => (found ? cache?.found_days ?? FOUND_DAYS : cache?.nothing_days ?? NOTHING_DAYS);
export const minConfidence = ({ min_confidence }: SetupDocument): number => min_confidence ?? MIN_CONFIDENCE;

/** The providers that are to be asked about a lead, in order. */
export function providersFor({ document }: Setup, lead: Pick<Lead, 'profile' | 'facts' | 'attribution'>): SetupProvider[] {
  const facts = ruleFacts(lead);
  return document.providers.filter(({ enabled, when }) => enabled !== false && (!when || evaluate(when, facts).holds));
}

/** Whether a new lead is enriched by itself, as far as the rules say. */
export const isOnCapture = ({ document }: Setup, lead: Pick<Lead, 'profile' | 'facts' | 'attribution'>): boolean =>
  document.on_capture != null && evaluate(document.on_capture.when, ruleFacts(lead)).holds;

/** A limit of credits within a period: no two of one setup have the same key. */
export interface Limit {
  /** name of the provider; empty for all together */
  provider: string;
  /** `2026-03`, `2026-03-02` or, of questions rather than credits, `2026-03-02T10:05` */
  period: string;
  amount: number;
  /** null when only counted */
  most: number | null;
}

/**
 * What a question takes from which budgets, in the order in which they are locked. The day and the month are always counted, so that
 * a budget that is set later knows what was spent before.
 * @param now RFC 3339, UTC
 */
export function limitsOf({ document }: Setup, { name, cost = 0, budget }: SetupProvider, perMinute: number | null, now: string): Limit[] {
  const [day, month] = [now.slice(0, 'yyyy-mm-dd'.length), now.slice(0, 'yyyy-mm'.length)];
  const of = (provider: string, limits: SetupBudget | null | undefined): Limit[] => [
    { provider, period: month, amount: cost, most: limits?.per_month ?? null }, { provider, period: day, amount: cost, most: limits?.per_day ?? null },
  ];
  return [
    ...(cost > 0 ? [...of('', document.budget), ...of(name, budget)] : []),
    ...(perMinute === null ? [] : [{ provider: name, period: now.slice(0, 'yyyy-mm-ddThh:mm'.length), amount: 1, most: perMinute }]),
  ];
}
