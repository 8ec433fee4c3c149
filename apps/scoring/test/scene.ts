import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import {
  DomainError, GetLeads, GetScores, LeadCaptured, LeadConverted, LeadEngaged, LeadQualified, LeadUpdated, OverrideScore, RateLead,
  ScoreHistory,
  type ConvertedInto, type Envelope, type ErrorBody, type IntakeState, type LeadRatedData, type LeadScoredData, type LedgerEntry,
  type NewEvent, type ScoreOverride, type ScoringState,
} from '@headwater/contracts';
import { intakeState, startCell, type Cell } from '@headwater/testing';
import { scoring } from '../src/scoring.module';

export const CONVERTED: ConvertedInto = {
  converted_at: '2026-11-21T10:00:00.000Z', account_id: 11, contact_id: 12, customer_id: 13, opportunity_id: null,
};
const DAY_MS = 86_400_000;

type GivenLead = Partial<Parameters<typeof intakeState>[0]>;

/** Two replicas of scoring beside an intake that knows the leads it is given here. */
export class Scene {
  /** the ids of each question to intake */
  readonly asked: number[][] = [];
  isIntakeThere = true;
  private readonly atIntake = new Map<string, IntakeState>();
  private lastId = 100;

  private constructor(readonly cell: Cell, readonly replicas: readonly [NestFastifyApplication, NestFastifyApplication]) {}

  static async start(): Promise<Scene> {
    const cell = await startCell({ services: [] });
    const scene = new Scene(cell, [await cell.add(scoring), await cell.add(scoring)]);
    await cell.answer(GetLeads, ({ tenant, ids }) => {
      if (!scene.isIntakeThere) throw DomainError.unavailable('intake is not there at the moment');
      scene.asked.push(ids);
      return { leads: ids.flatMap((id) => scene.atIntake.get(`${tenant} ${id}`) ?? []) };
    });
    return scene;
  }

  /** What a replica consists of. */
  part<Part>(type: new (...needs: never[]) => Part): Part {
    return this.replicas[0].get(type, { strict: false });
  }

  newId(): number {
    return (this.lastId += 1);
  }

  /** A lead that intake knows, and scoring not yet. */
  leadAtIntake(given: GivenLead = {}, tenant = 'demo'): IntakeState {
    const lead = intakeState({ lead_id: this.newId(), ...given });
    this.atIntake.set(`${tenant} ${lead.lead_id}`, lead);
    return lead;
  }

  /** A lead that scoring knows, too. */
  async known(given: GivenLead = {}): Promise<IntakeState> {
    const lead = this.leadAtIntake(given);
    await this.scoreOf(lead.lead_id);
    return lead;
  }

  async scoreOf(id: number, tenant = 'demo'): Promise<ScoringState | undefined> {
    const { scores: [score] } = await this.cell.ask(GetScores, { tenant, ids: [id] });
    return score;
  }

  /** Publishes, and waits until all that follows has happened. */
  async happens(events: NewEvent[], options?: { times?: number; shuffle?: boolean }): Promise<Envelope[]> {
    const envelopes = await this.cell.publish(events, options);
    await this.cell.settled();
    return envelopes;
  }

  /** In the order of their revisions: of two replicas either may be heard first. */
  scoredEvents(id: number): Envelope<LeadScoredData>[] {
    return this.eventsOf<LeadScoredData>('lead.scored', id);
  }

  /** Likewise. */
  ratedEvents(id: number): Envelope<LeadRatedData>[] {
    return this.eventsOf<LeadRatedData>('lead.rated', id);
  }

  private eventsOf<Data>(type: string, id: number): Envelope<Data>[] {
    return this.cell.events<Data>(type).filter(({ leadid }) => leadid === id).sort((one, other) => one.revision! - other.revision!);
  }

  override(lead_id: number, key: string, parts: Partial<ScoreOverride>, more: { expected_revision?: number } = {}) {
    return this.cell.ask(OverrideScore, { context: this.cell.context(), lead_id, key, override: pin(parts), ...more });
  }

  rate(
    lead_id: number, rating: number | null, command_id = `rate-${this.newId()}`,
    more: { expected_revision?: number; validate_only?: boolean } = {},
  ) {
    return this.cell.ask(RateLead, { context: this.cell.context(), command_id, lead_id, patch: { rating }, ...more });
  }

  async history(lead_id: number): Promise<LedgerEntry[]> {
    return (await this.cell.ask(ScoreHistory, { context: this.cell.context(), lead_id, limit: 100 })).entries;
  }

  /** The leads among these whose ledger doesn't come to the computed score. */
  unfolded(ids: number[]): Promise<unknown[]> {
    return this.cell.rows('scoring', `
      select lead_id from lead_score s, lateral (
        select sum(demographic) as demographic, sum(behavioral) as behavioral from score_ledger l
        where l.tenant_id = s.tenant_id and l.lead_id = s.lead_id) folded
      where lead_id = any($1)
        and (s.demographic, s.behavioral) is distinct from (folded.demographic, folded.behavioral)`, [ids]);
  }

  /** Lets the moment have come when overrides of leads end. */
  async end(leads: number[]): Promise<void> {
    await this.cell.rows('scoring', `update lead_score set override = override || jsonb_build_object('expires_at', now()) where lead_id = any($1) and override ? 'expires_at'`, [leads]);
    await this.cell.rows('scoring', `
      update score_override set expires_at = now(), pin = pin || jsonb_build_object('expires_at', now()) where lead_id = any($1) and expires_at is not null`, [leads]);
  }

  /** Lets the signals of a lead have been `days` earlier. */
  async age(lead_id: number, days: number): Promise<void> {
    await this.cell.rows('scoring', `update signal set at = at - make_interval(days => $2) where lead_id = $1`, [lead_id, days]);
  }
}

export const captured = (lead: IntakeState, tenant = 'demo') => LeadCaptured.ofLead(tenant, lead, {
  lead, enrichment_pending: false,
  touch: { lead_id: lead.lead_id, submission_id: 's', at: lead.created_at, entry: 'api', channel: 'direct', raised_hand: true },
});

export const updated = (lead: IntakeState, tenant = 'demo') => LeadUpdated.ofLead(tenant, lead, { lead, changed: ['job_title'] });

export const engaged = (lead_id: number, signal: string, signal_id: string, daysAgo = 0, tenant = 'demo') =>
  LeadEngaged.ofLead(tenant, { lead_id }, { lead_id, signal, signal_id, at: new Date(Date.now() - daysAgo * DAY_MS).toISOString() });

export const qualified = (lead_id: number, score_override: ScoreOverride | null) =>
  LeadQualified.ofLead('demo', { lead_id, revision: 1 }, {
    qualification: {
      lead_id, revision: 1, status: 'qualified', lifecycle_stage: 'sql', cycle: 1, in_status_since: '2026-11-20T09:00:00.000Z',
    },
    transitions: [], score_override,
  });

export const converted = (lead_id: number, tenant = 'demo') =>
  LeadConverted.ofLead(tenant, { lead_id }, { lead_id, into: CONVERTED, actor: 'Ann', attribution: {} });

export const pin = (parts: Partial<ScoreOverride>, at = '2026-11-20T10:00:00.000Z'): ScoreOverride =>
  ({ by: 'Ann', at, reason: null, ...parts });

/** What a request was refused with. */
export async function refusal(attempt: Promise<unknown>): Promise<ErrorBody> {
  const error: unknown = await attempt.then(() => new Error('was not refused'), (refused: unknown) => refused);
  if (!(error instanceof DomainError)) throw error;
  return error.body;
}
