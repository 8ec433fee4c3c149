import type { Context } from '../context';
import { Anything, Document, Flag, Id, Instant, Integer, Nested, NestedList, OneOf, Text, Texts } from '../field';
import { defineRequest } from '../request';
import { DISQUALIFICATION_REASONS, type DisqualificationReason } from '../vocabulary';
import { ELEMENT_STATUSES, type ElementStatus } from './assessments';
import { AWARENESS_STAGES, type AwarenessStage } from './nurturing';

/** What the copilot may be asked of a lead. */
export const COPILOT_ASKS = ['qualify', 'is_hot', 'next_action', 'draft_email'] as const;
export type CopilotAsk = (typeof COPILOT_ASKS)[number];

/** Languages that it writes mails in. Everything else that it says is English. */
export const COPILOT_LANGUAGES = ['en', 'de'] as const;
export type CopilotLanguage = (typeof COPILOT_LANGUAGES)[number];

export const NEXT_ACTIONS = ['schedule_call', 'send_follow_up', 'add_to_nurture', 'disqualify', 'convert'] as const;
export type NextAction = (typeof NEXT_ACTIONS)[number];

export const BANT = ['budget', 'authority', 'need', 'timeline'] as const;
export type BantDimension = (typeof BANT)[number];

/** Whether rules worded an answer, or a language model whose words were checked against the lead's record. */
export const COPILOT_SOURCES = ['built_in', 'model'] as const;
export type CopilotSource = (typeof COPILOT_SOURCES)[number];

/** Why a model's words were not taken. */
export const MODEL_REFUSALS = ['timed_out', 'unreachable', 'busy', 'failed', 'unreadable', 'not_in_the_record', 'contradicts_the_record'] as const;
export type ModelRefusal = (typeof MODEL_REFUSALS)[number];

export const MOST_FACTS = 200;
const POINTS_OF_A_DIMENSION = 25;

/** Something of the lead's record that an answer was made of. */
export class CitedFact {
  @Text(200, { required: true, description: 'where it stands: `lead.job_title`, `notes.<id>`, `score.total_score` …', example: 'lead.job_title' }) field: string;
  @Anything({ description: 'its value; of a note the passage', example: 'CTO' }) value: unknown;
}

/** Some words, and what they were made of. */
export class CopilotReason {
  @Text(4_000, { required: true, example: 'The job title is CTO' }) because: string;
  @NestedList(() => CitedFact, MOST_FACTS, { required: true }) facts: CitedFact[];
}

export class CopilotDimension extends CopilotReason {
  @OneOf(BANT, { required: true }) dimension: BantDimension;
  @OneOf(ELEMENT_STATUSES, { required: true }) status: ElementStatus;
  @Integer(0, POINTS_OF_A_DIMENSION, { required: true, description: 'confirmed 25, partial 15, weak 6; 0 when unknown, or said not to be there' }) score: number;
}

/** BANT as it stands. */
export class CopilotQualification {
  @Integer(0, 4 * POINTS_OF_A_DIMENSION, { required: true, description: 'the sum of its dimensions' }) score: number;
  @OneOf(['qualified', 'open', 'not_qualified'], {
    required: true, description: 'qualified: each dimension is partial at least, and two are confirmed; not_qualified: something says that one is not there',
  }) verdict: 'qualified' | 'open' | 'not_qualified';
  @NestedList(() => CopilotDimension, BANT.length, { required: true }) dimensions: CopilotDimension[];
  @Texts(BANT.length, 20, { required: true, description: 'dimensions of which nothing is known' }) missing: BantDimension[];
}

export class CopilotHotness {
  @Flag({ required: true, description: 'as scoring says: by temperature or by stars' }) is_hot: boolean;
  @NestedList(() => CopilotReason, 10, { required: true }) reasons: CopilotReason[];
}

/** The request that does what is recommended. */
export class CopilotRequest {
  @OneOf(['PATCH', 'POST'], { required: true }) method: 'PATCH' | 'POST';
  @Text(200, { required: true }) path: string;
  @Document({ required: true }) body: object;
}

export class CopilotAction extends CopilotReason {
  @OneOf(NEXT_ACTIONS, { required: true }) action: NextAction;
  @OneOf(DISQUALIFICATION_REASONS, { description: 'of `disqualify`' }) reason?: DisqualificationReason | null;
  @Nested(() => CopilotRequest, { description: 'null where people do it: a call, a mail' }) request?: CopilotRequest | null;
}

export class CopilotEmail {
  @Text(320, { description: "the lead's address; null where it has none that may be written to" }) to?: string | null;
  @Text(500, { required: true }) subject: string;
  @Text(20_000, { required: true }) body: string;
  @OneOf(COPILOT_LANGUAGES, { required: true }) language: CopilotLanguage;
  @OneOf(AWARENESS_STAGES, { required: true, description: 'how far the lead is: as it is nurtured, else by what it did' }) awareness: AwarenessStage;
  @Text(100, { required: true, description: 'name of the template' }) template: string;
  @NestedList(() => CitedFact, MOST_FACTS, { required: true }) facts: CitedFact[];
}

/** What became of asking a model; absent where none is to be asked. */
export class CopilotModelUse {
  @Text(200, { required: true }) name: string;
  @OneOf(MODEL_REFUSALS, { description: 'why its words were not taken; null when they were' }) refused?: ModelRefusal | null;
  @Texts(20, 200, { description: 'what it says that the record does not have' }) unsupported?: string[] | null;
}

/** An answer, with what is recommended to do next. The one of the four that was asked for is there. */
export class CopilotAnswer {
  @Id({ required: true, example: 1234 }) lead_id: number;
  @OneOf(COPILOT_ASKS, { required: true }) ask: CopilotAsk;
  @Instant({ required: true }) at: string;
  @OneOf(COPILOT_SOURCES, { required: true, description: 'who worded it; what is decided, rules always decide' }) source: CopilotSource;
  @Nested(() => CopilotQualification) qualification?: CopilotQualification;
  @Nested(() => CopilotHotness) hotness?: CopilotHotness;
  @Nested(() => CopilotEmail) email?: CopilotEmail;
  @Nested(() => CopilotAction, { required: true }) next_action: CopilotAction;
  @Nested(() => CopilotModelUse) model?: CopilotModelUse;
  @Texts(10, 40, { description: 'services that did not answer in time, whose facts are missing' }) missing?: string[];
}

/** Body of `POST /leads/{id}/copilot`. */
export class CopilotQuestion {
  @OneOf(COPILOT_ASKS, { required: true }) ask: CopilotAsk;
  @OneOf(COPILOT_LANGUAGES, { description: "of the mail; by the lead's country when absent: German in Germany, Austria and Liechtenstein, else English" })
  language?: CopilotLanguage | null;
}

/** Nothing is written. @throws DomainError `not_found`, `lead_merged`, `lead_locked`, `unavailable` while intake or scoring don't answer */
export const AskCopilot = defineRequest<{ context: Context; lead_id: number; question: CopilotQuestion }, { answer: CopilotAnswer }>('qualification', 'ask_copilot');

const MOST_TEMPLATES = 200;

/** A mail in the language of templates (Mustache): docs/copilot.md. */
export class MailTemplate {
  @Text(100, { required: true, example: 'finance, vendor' }) name: string;
  @OneOf(COPILOT_LANGUAGES, { required: true }) language: CopilotLanguage;
  @Document({ description: 'a condition over the lead; for all leads when absent', example: { field: 'industry', op: 'eq', value: 'finance' } }) when?: object | null;
  @Text(500, { required: true, example: 'A question about {{company_name}}' }) subject: string;
  @Text(10_000, { required: true, example: 'Hello {{first_name}},' }) body: string;
}

/** How a tenant wants the copilot to be. */
export class CopilotSettings {
  @Flag({ description: 'have answers worded by the model that the installation names, if any: facts of the lead are sent there; false when absent' }) use_model?: boolean | null;
  @NestedList(() => MailTemplate, MOST_TEMPLATES, { required: true, description: 'the first of the language that fits writes; those of the product follow them' })
  templates: MailTemplate[];
}

export class CopilotSettingsView {
  @Integer(0, 1_000_000, { required: true, description: '0: those that every tenant begins with' }) version: number;
  @Nested(() => CopilotSettings, { required: true }) document: CopilotSettings;
  @Text(200) created_by?: string | null;
  @Instant() created_at?: string | null;
}
/** Those that count, or a former version. @throws DomainError `not_found` */
export const GetCopilotSettings =
  defineRequest<{ context: Context; version?: number }, { settings: CopilotSettingsView }>('qualification', 'get_copilot_settings');
/** Writes the next version. @throws DomainError `invalid` with everything that is wrong */
export const PutCopilotSettings =
  defineRequest<{ context: Context; document: unknown }, { settings: CopilotSettingsView }>('qualification', 'put_copilot_settings');
