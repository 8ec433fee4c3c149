import { Injectable } from '@nestjs/common';
import { DomainError, type AnswerOf, type Context, type ExplainScore as ExplainRequest, type QuestionOf } from '@headwater/contracts';
import { Database } from '@headwater/platform';
import { approximations, checkMoment } from './domain/as-of';
import { asOf, explained, type Evidence, type Scored } from './domain/lead-score';
import { foldOverrides, momentOf } from './domain/score-override';
import { KnowLeads } from './know-leads';
import { EvidenceStore } from './store/evidence.store';
import { ModelsStore } from './store/models.store';
import { PastStore, type Past } from './store/past.store';
import { keyOf, ScoresStore, type HeldScore } from './store/scores.store';

/** Answers what a score is made of: now, as of a moment of the past, or as it will have faded. */
@Injectable()
export class ExplainScore {
  constructor(
    private readonly database: Database, private readonly leads: KnowLeads, private readonly scores: ScoresStore,
    private readonly evidence: EvidenceStore, private readonly models: ModelsStore, private readonly past: PastStore,
  ) {}

  /** @throws DomainError `not_found`; `invalid` for a moment before the lead, or too far ahead */
  async explain({ context, lead_id, as_of }: QuestionOf<typeof ExplainRequest>): Promise<AnswerOf<typeof ExplainRequest>> {
    const held = await this.find(context, lead_id);
    const { now } = held;
    if (as_of) checkMoment(as_of, { now, created: held.lead!.created_at });
    const moment = as_of ? new Date(as_of).toISOString() : now;
    const [known, past] = await Promise.all([this.evidence.load(this.database, [held]), this.past.of(this.database, held, moment)]);
    const evidence = known.get(keyOf(held))!;
    const isPast = Date.parse(moment) < Date.parse(now);
    const { state, contributions } = as_of ? await this.at(held, evidence, past, { moment, isPast }) : explained(held, evidence)!;
    const { total_score } = state.effective;
    return {
      score: state, contributions, now, as_of: moment,
      approximate: isPast ? approximations(held, { ...past, moment, members: held.members.length }) : [],
      trend: { days_7: since(past.weekAgo, total_score), days_30: since(past.monthAgo, total_score) },
    };
  }

  private async find({ tenant: { id: tenant }, correlation_id }: Context, id: number): Promise<HeldScore> {
    const find = () => this.scores.find(this.database, tenant, Number.isSafeInteger(id) ? [id] : []);
    const [held] = await find();
    if (held) return held;
    await this.leads.mustKnow(tenant, id, correlation_id);
    const [learnt] = await find();
    if (!learnt) throw DomainError.notFound('Lead');
    return learnt;
  }

  /** With the override of then, and its model; of the future that of now. */
  private async at(held: HeldScore, evidence: Evidence, past: Past, { moment, isPast }: { moment: string; isPast: boolean }): Promise<Scored> {
    const override = foldOverrides(past.overrides, momentOf(held.converted, moment));
    if (!isPast) return asOf(held, { ...evidence, override }, moment)!;
    const models = past.version === null ? null : await this.models.load(this.database, [held.tenant], [past.version]);
    const own = models?.version(held.tenant, past.version!) ?? evidence.own;
    return asOf(held, { ...evidence, own, override }, moment)!;
  }
}

const since = (before: number | null, total: number): number | null => (before === null ? null : total - before);
