import { setImmediate } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { DomainError, type AnswerOf, type LearnMatchingModel, type LearntModel, type QuestionOf } from '@headwater/contracts';
import { learnWeightsInSteps, likeliest, type MatchingModel, type Sample } from '@headwater/matching';
import { attemptOf, once } from '@headwater/messaging';
import { Database, type Tx } from '@headwater/platform';
import { learntWeights } from '../domain/matching/learnt-weights';
import { MatchRecordsStore } from '../store/match-records.store';
import { MatchingModelsStore } from '../store/matching-models.store';
import { CountValues } from './count-values';
import { CrowdedKeys } from './crowded-keys';
import { MatchingModels, type TenantMatching } from './matching-models';
import { viewOf } from './put-model';

/** So many leads, evenly picked, with all who are worth comparing with them. */
const LOOKED = 1_000;
const OTHERS = 10;
const FEWEST = 100;

/** Estimates the weights from a tenant's own leads, without being told who is who (expectation maximisation). */
@Injectable()
export class LearnModel {
  constructor(
    private readonly database: Database, private readonly records: MatchRecordsStore, private readonly models: MatchingModels,
    private readonly store: MatchingModelsStore, private readonly crowded: CrowdedKeys, private readonly values: CountValues,
  ) {}

  /** Makes a new version, and activates it. @throws DomainError `too_few_leads` */
  async learn({ context }: QuestionOf<typeof LearnMatchingModel>): Promise<AnswerOf<typeof LearnMatchingModel>> {
    const { tenant: { id: tenant }, actor } = context;
    await this.values.countNow(tenant); // else neighbours, who have common values in common, are taken for duplicates
    return once(this.database, attemptOf(context), async (tx) => {
      await this.store.lock(tx, tenant);
      const present = (await this.models.of(tx, [tenant])).get(tenant)!;
      const sample = await this.sample(tx, tenant, present);
      const model = rounded(await inSteps(learnWeightsInSteps(sample, present.model)));
      const stored = await this.store.activate(tx, tenant, model, actor.name ?? actor.id);
      const learnt: LearntModel = {
        ...viewOf(stored), leads: sample.looked, pairs: sample.pairs.length,
        duplicates: { from: present.model.duplicates, to: model.duplicates }, neighbours: { from: present.model.neighbours, to: model.neighbours },
        changed: learntWeights(present.model, model),
      };
      return { learnt };
    });
  }

  private async sample(tx: Tx, tenant: string, { records, frequencies }: TenantMatching): Promise<Sample & { looked: number }> {
    const count = await this.records.count(tx, tenant);
    if (count < FEWEST) {
      throw DomainError.conflict('too_few_leads', `Weights are learnt from ${FEWEST} leads or more; there are ${count}`);
    }
    const looked = await this.records.sample(tx, { tenant, after: 0, step: Math.max(1, Math.floor(count / LOOKED)), limit: LOOKED });
    const holders = await this.crowded.holders(tx, looked.flatMap(({ keys }) => keys));
    const place = new Map(looked.map(({ lead_id }, i) => [lead_id, i]));
    const likely = looked.map(({ lead_id, keys }) =>
      likeliest(lead_id, keys.flatMap((key) => (holders.has(key) ? [holders.get(key)!] : [])), records, OTHERS));
    const found = await this.records.find(tx, [...new Set(likely.flat())].filter((id) => !place.has(id)).map((id) => ({ tenant, id })));
    for (const [i, { lead_id }] of found.entries()) place.set(lead_id, looked.length + i);
    const pairs = likely.flatMap((ids, i) => ids.flatMap((id): [number, number][] => {
      const other = place.get(id);
      const isThereTwice = other !== undefined && other < i && likely[other]?.includes(looked[i].lead_id);
      return other === undefined || isThereTwice ? [] : [[i, other]];
    }));
    return { records: [...looked, ...found].map(({ record }) => record), pairs, frequencies, looked: looked.length };
  }
}

/** Captures of the same process go on between the steps. */
async function inSteps<Result>(steps: Generator<undefined, Result>): Promise<Result> {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
    await setImmediate();
  }
}

/** More digits say nothing. */
const digits = (weight: number): number => Number(weight.toPrecision(4));

const rounded = (model: MatchingModel): MatchingModel => ({
  ...model, duplicates: digits(model.duplicates), neighbours: digits(model.neighbours),
  fields: model.fields.map((field) => ({
    ...field, weights: Object.fromEntries(Object.entries(field.weights ?? {}).map(([level, { m, u }]) =>
      [level, { ...(m === undefined ? {} : { m: digits(m) }), ...(u === undefined ? {} : { u }) }])),
  })),
});
