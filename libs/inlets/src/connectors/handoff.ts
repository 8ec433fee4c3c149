import { Decimal, Text, Texts } from '@headwater/contracts';
import type { Answer, Delivery, Ignored } from './connector';
import { textOf } from './json';
import { ConnectorOptions } from './options';

export const DEFAULT_THRESHOLD = 50;

/** When marketing hands a contact over: its rule is data. */
export class HandoffOptions extends ConnectorOptions {
  @Decimal(-1_000_000, 1_000_000, { description: `contacts whose score is above it are handed over; ${DEFAULT_THRESHOLD} when absent` })
  threshold?: number | null;
  @Text(100, { description: "field with the score; the vendor's usual ones when absent", example: 'hubspotscore' }) score_field?: string | null;
  @Texts(50, 100, {
    description: 'lifecycle stages that are handed over whatever the score; an empty list for none', example: ['marketingqualifiedlead'],
  })
  stages?: string[] | null;
  @Text(100, { description: "field with the lifecycle stage; the vendor's usual ones when absent" }) stage_field?: string | null;
}

/** What a vendor calls its own fields. */
export interface HandoffNames { scores: readonly string[]; stages: readonly string[] }

const DEFAULT_STAGES = ['marketingqualifiedlead', 'salesqualifiedlead', 'mql', 'sql', 'marketing qualified lead', 'sales qualified lead'];

/** A contact of a marketing system, flat. */
export interface MarketingContact { id: string | null; answers: Answer[] }

/** Whether marketing's rule hands this contact over; why not, when it doesn't. */
export function handOver({ id, answers }: MarketingContact, options: HandoffOptions, names: HandoffNames): Delivery | Ignored {
  const score = scoreIn(answers, options.score_field ? [options.score_field] : names.scores);
  const stage = valueOf(answers, options.stage_field ? [options.stage_field] : names.stages);
  const threshold = options.threshold ?? DEFAULT_THRESHOLD;
  const stages = (options.stages ?? DEFAULT_STAGES).map(plain);
  const isTriggered = stage !== undefined && stages.includes(plain(stage));
  if (isTriggered || (score !== null && score > threshold)) {
    return {
      id,
      answers: [
        ...answers.filter(({ name }) => !names.scores.includes(name) && !names.stages.includes(name)),
        { name: 'marketing_score', field: 'custom_fields.marketing_score', value: score ?? undefined },
        { name: 'lifecycle_stage', field: 'custom_fields.marketing_stage', value: stage },
      ],
    };
  }
  if (score === null && stage === undefined) {
    return { id, code: 'no_score', because: 'The contact has neither a score nor a lifecycle stage where this connector looks for one' };
  }
  const low = score === null ? 'The score is not known' : `The score ${score} is not above ${threshold}`;
  return { id, code: 'below_threshold', because: `${low}, and the lifecycle stage hands nobody over` };
}

const plain = (text: string): string => text.trim().toLowerCase().replace(/[\s_-]+/g, ' ');

const valueOf = (answers: Answer[], names: readonly string[]): string | undefined =>
  names.map((name) => textOf(answers.find((answer) => plain(answer.name) === plain(name))?.value)).find((value) => value !== undefined);

function scoreIn(answers: Answer[], names: readonly string[]): number | null {
  const text = valueOf(answers, names)?.replace(',', '.');
  const score = text === undefined ? NaN : Number(text);
  return Number.isFinite(score) ? score : null;
}
