import { Injectable } from '@nestjs/common';
import type {
  AnswerOf, ExplainScoresToConvert, GetScores, QuestionOf, ScoreHistory, ScoringState,
} from '@headwater/contracts';
import { cutPage, Database, numberIn, type Queries } from '@headwater/platform';
import { present, type Scored } from './domain/lead-score';
import { KnowLeads } from './know-leads';
import { pageSize } from './page-size';
import { EvidenceStore } from './store/evidence.store';
import { keyOf, ScoresStore, type HeldScore } from './store/scores.store';

/** Answers about scores, as of now: signals have decayed since the score was written. */
@Injectable()
export class ReadScores {
  constructor(
    private readonly database: Database,
    private readonly leads: KnowLeads,
    private readonly scores: ScoresStore,
    private readonly evidence: EvidenceStore,
  ) {}

  /** Scores of those of the ids that are leads of the tenant, in the order of the ids. */
  async get({ tenant, ids }: QuestionOf<typeof GetScores>): Promise<AnswerOf<typeof GetScores>> {
    await this.leads.know(tenant, ids);
    const wanted = [...new Set(ids)].filter(Number.isSafeInteger);
    const held = await this.scores.find(this.database, tenant, wanted);
    const states = new Map((await this.asOfNow(this.database, held)).map(({ state }) => [state.lead_id, state]));
    return { scores: wanted.flatMap((id) => states.get(id) ?? []) };
  }

  /** Scores with their reasons, in the order asked; null for a lead that has none. */
  async explainEach({ items }: QuestionOf<typeof ExplainScoresToConvert>): Promise<AnswerOf<typeof ExplainScoresToConvert>> {
    const tenants = [...new Set(items.map(({ tenant }) => tenant))];
    const found = await Promise.all(tenants.map(async (tenant) => {
      const ids = [...new Set(items.filter((item) => item.tenant === tenant).map(({ lead_id }) => lead_id))];
      await this.leads.know(tenant, ids);
      const scored = await this.asOfNow(this.database, await this.scores.find(this.database, tenant, ids));
      return scored.map(({ state: score, contributions }) => [`${tenant} ${score.lead_id}`, { score, contributions }] as const);
    }));
    const facts = new Map(found.flat());
    return { facts: items.map(({ tenant, lead_id }) => facts.get(`${tenant} ${lead_id}`) ?? null) };
  }

  /** The ledger of a lead, the newest first. @throws DomainError `not_found`, `wrong_cursor` */
  async history({ context, lead_id, cursor, limit }: QuestionOf<typeof ScoreHistory>): Promise<AnswerOf<typeof ScoreHistory>> {
    const tenant = context.tenant.id;
    const before = numberIn(cursor);
    await this.leads.mustKnow(tenant, lead_id, context.correlation_id);
    const most = pageSize(limit);
    const found = await this.scores.ledger(this.database, tenant, lead_id, before, most + 1);
    const { shown, next_cursor } = cutPage(found, most, ({ id }) => id);
    return { entries: shown, next_cursor };
  }

  /** The score of a row that a command holds. */
  async stateOf(queries: Queries, held: HeldScore): Promise<ScoringState> {
    const [{ state }] = await this.asOfNow(queries, [held]);
    return state;
  }

  private async asOfNow(queries: Queries, held: HeldScore[]): Promise<Scored[]> {
    if (held.length === 0) return [];
    const evidence = await this.evidence.load(queries, held);
    return held.flatMap((score) => present(score, evidence.get(keyOf(score))!) ?? []);
  }
}
