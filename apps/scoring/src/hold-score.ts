import { Injectable } from '@nestjs/common';
import { DomainError, type Context, type ScoringState } from '@headwater/contracts';
import { attemptOf, causedByRequest, Consumer, LeadTies, once } from '@headwater/messaging';
import { Database, type Tx } from '@headwater/platform';
import type { Change } from './domain/lead-score';
import { KnowLeads } from './know-leads';
import { ReadScores } from './read-scores';
import { RescoreLeads } from './rescore-leads';
import { ScoresStore, type HeldScore } from './store/scores.store';

/** The score of one lead in the hands of a command: its row is locked until the transaction ends. */
export interface Hold {
  readonly tx: Tx;
  readonly held: HeldScore;
  /** @throws DomainError `lead_locked` when the lead is converted, `lead_merged`, `precondition_failed` when it is at another revision */
  mayWrite(expectedRevision?: number): void;
  /** Applies a change. @returns the score that it led to */
  change(change: Change): Promise<ScoringState>;
  /** The score as it is. */
  read(): Promise<ScoringState>;
}

/** How every command about one lead begins. */
@Injectable()
export class HoldScore {
  constructor(
    private readonly database: Database,
    private readonly leads: KnowLeads,
    private readonly scores: ScoresStore,
    private readonly rescoring: RescoreLeads,
    private readonly reading: ReadScores,
    private readonly ties: LeadTies,
    private readonly consumer: Consumer,
  ) {}

  /** Runs `work` in one transaction, once per Idempotency-Key. @throws DomainError `not_found`, or as `work` refuses */
  async hold<Answer>(context: Context, leadId: number, work: (hold: Hold) => Promise<Answer>): Promise<Answer> {
    this.consumer.sawLive();
    const lead = { tenant: context.tenant.id, leadId };
    await this.leads.mustKnow(lead.tenant, leadId, context.correlation_id);
    return once(this.database, attemptOf(context), async (tx) => {
      const [held] = await this.scores.lock(tx, [lead]);
      return work({
        tx,
        held,
        mayWrite: (expectedRevision) => mayWrite(held, expectedRevision),
        change: async (change) => {
          const present = change.rating === undefined ? held : await this.outrank(tx, held);
          await this.rescoring.apply(tx, [present], [{ ...lead, change, cause: causedByRequest(context) }]);
          const [after] = await this.scores.find(tx, lead.tenant, [leadId]);
          return this.reading.stateOf(tx, after);
        },
        read: () => this.reading.stateOf(tx, held),
      });
    });
  }

  /** Stars that are given now count for more than those of leads that were merged into this one before. */
  private async outrank(tx: Tx, held: HeldScore): Promise<HeldScore> {
    if (held.members.length === 0) return held;
    await this.ties.outrank(tx, [{ tenant_id: held.tenant, lead_id: held.leadId }]);
    return { ...held, members: held.members.map((member) => ({ ...member, outranked: true })) };
  }
}

function mayWrite({ leadId, converted, scored, primaryId }: HeldScore, expectedRevision?: number): void {
  if (primaryId !== null) {
    throw DomainError.conflict('lead_merged', `Lead ${leadId} is merged into lead ${primaryId}`, { primary_id: primaryId });
  }
  if (converted) {
    const { account_id, contact_id, customer_id, opportunity_id = null, converted_at } = converted;
    throw DomainError.conflict('lead_locked', 'Lead is converted and locked', {
      converted: { account_id, contact_id, customer_id, opportunity_id, converted_at },
    });
  }
  const revision = scored?.state.revision;
  if (expectedRevision !== undefined && expectedRevision !== null && expectedRevision !== revision) {
    throw DomainError.changedMeanwhile('lead', { revision });
  }
}

/** How the history names who did it. */
export const nameOf = ({ actor }: Context): string => (actor.name ?? actor.id).slice(0, 200);
