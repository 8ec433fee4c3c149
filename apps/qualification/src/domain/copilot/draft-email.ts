import { evaluate, type Condition } from '@headwater/rules';
import type { AwarenessStage, CopilotLanguage, MailTemplate } from '@headwater/contracts';
import Mustache from 'mustache';
import { DEFAULT_TEMPLATES } from './default-templates';
import { factOf, type Fact, type LeadRecord } from './lead-record';
import { awarenessOf, conditionFacts, languageOf, mailFacts } from './mail-fields';
import { cited } from './say';

export interface Draft {
  to: string | null;
  subject: string;
  body: string;
  language: CopilotLanguage;
  awareness: AwarenessStage;
  template: string;
  facts: Fact[];
}

/** A first mail, by the first template of the language that fits the lead: the tenant's own, then the product's. */
export function draftEmail(record: LeadRecord, templates: readonly MailTemplate[], asked: CopilotLanguage | null): Draft {
  const language = asked ?? languageOf(record);
  const seen = conditionFacts(record, language);
  const template = [...templates, ...DEFAULT_TEMPLATES].find((one) =>
    one.language === language && (one.when == null || evaluate(one.when as Condition, seen).holds))!;
  const { text: subject, used } = rendered(template.subject, record);
  const body = rendered(template.body, record);
  const { email_valid, email_opt_out } = record.lead;
  const to = factOf(record, 'lead', 'email');
  return {
    to: email_valid === false || email_opt_out ? null : to.value as string | null,
    subject: subject.replace(/\s+/g, ' ').trim(), body: body.text.trim(), language, awareness: awarenessOf(record), template: template.name,
    facts: cited([to, ...used, ...body.used]),
  };
}

/** Values go in as they are, once: what stands in a value is no template. It is a plain text, so nothing is escaped. */
function rendered(text: string, record: LeadRecord): { text: string; used: Fact[] } {
  const facts = mailFacts(record);
  const used = new Set<string>();
  const view = Object.create(null) as Record<string, unknown>;
  for (const [name, fact] of facts) {
    Object.defineProperty(view, name, { enumerable: true, get: () => (used.add(name), singleLine(String(fact.value))) });
  }
  const result = Mustache.render(text, view, {}, { escape: (value) => String(value) });
  return { text: result, used: [...used].map((name) => facts.get(name)!) };
}

const singleLine = (value: string): string => value.replace(/\s+/g, ' ').trim();
