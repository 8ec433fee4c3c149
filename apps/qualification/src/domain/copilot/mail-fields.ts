import type { FieldCatalogue } from '@headwater/rules';
import type { AwarenessStage, CopilotLanguage } from '@headwater/contracts';
import { contributionFact, factOf, isThere, type Fact, type LeadRecord } from './lead-record';

/**
 * What a mail may tell a person: what it said of itself and did, and who writes. Neither its score, nor what people noted of it, nor what
 * others know of its company.
 */
const TEXTS = ['salutation', 'first_name', 'last_name', 'full_name', 'company_name', 'job_title', 'city'] as const;

/** What the person did, for sections: `{{#asked_for_demo}}…{{/asked_for_demo}}`. */
const DEEDS = {
  asked_for_demo: 'signal.demo_request', saw_prices: 'signal.pricing_view', came_to_webinar: 'signal.webinar', downloaded: 'signal.content_download',
  filled_in_form: 'signal.form_submission', wrote: 'signal.inbound_email', called: 'signal.call',
} as const;

/** Every name that a template may have between its braces. */
export const MAIL_FIELDS: ReadonlySet<string> = new Set([...TEXTS, 'owner', ...Object.keys(DEEDS)]);

/** Fields that the condition of a template may ask for; `awareness` is how far the lead seems to be. */
export const TEMPLATE_CONDITION_FIELDS: FieldCatalogue = {
  industry: 'text', awareness: 'text', language: 'text', company_name: 'text', job_title: 'text', city: 'text', country: 'text', employees: 'number',
  annual_revenue: 'number', source: 'text', channel: 'text', campaign: 'text', temperature: 'text', grade: 'text', total_score: 'number', status: 'text',
};

/** The facts that a template of the record may use, by name. */
export function mailFacts(record: LeadRecord): Map<string, Fact> {
  const texts = TEXTS.map((key) => [key, factOf(record, 'lead', key)] as const);
  const deeds = Object.entries(DEEDS).flatMap(([name, rule]) => record.score.contributions.filter((line) => line.rule === rule).map((line) => [name, contributionFact(line)] as const));
  return new Map([...texts, ['owner', factOf(record, 'routing', 'owner')] as const, ...deeds].filter(([, fact]) => isThere(fact)));
}

/** How far the lead is: as it is nurtured; else as it seems by what it did. Whoever asks for a demo or a price compares vendors, whoever reads up looks for solutions. */
export function awarenessOf({ score: { contributions }, standing }: LeadRecord): AwarenessStage {
  const did = (...signals: string[]): boolean => contributions.some(({ rule, points }) => points > 0 && signals.includes(rule.replace('signal.', '')));
  if (standing.awareness) return standing.awareness;
  if (did('demo_request', 'pricing_view')) return 'vendor';
  return did('webinar', 'content_download') ? 'solution' : 'problem';
}

const GERMAN = new Set(['DE', 'AT', 'LI']);

export const languageOf = ({ lead: { country } }: LeadRecord): CopilotLanguage => (country && GERMAN.has(country.toUpperCase()) ? 'de' : 'en');

/** What conditions of templates see. */
export const conditionFacts = (record: LeadRecord, language: CopilotLanguage): Readonly<Record<string, unknown>> => ({
  ...record.lead, temperature: record.score.temperature, grade: record.score.grade, total_score: record.score.total_score,
  status: record.standing.status, awareness: awarenessOf(record), language,
});
