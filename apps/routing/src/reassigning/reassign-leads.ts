import { Injectable } from '@nestjs/common';
import {
  DomainError, type AnswerOf, type FieldError, type GetReassignment, type ListReassignments, type Named, type PreviewReassignment,
  type PreviewReassignmentRequest, type QuestionOf, type ReassignedShare, type StartReassignment,
} from '@headwater/contracts';
import { attemptOf, once } from '@headwater/messaging';
import { cutPage, Database, numberIn, type Queries, type Tx } from '@headwater/platform';
import { byWhom } from '../by-whom';
import type { Change } from '../domain/assignment';
import { RulesInForce } from '../rules-in-force';
import { RepReassignmentsStore } from '../store/rep-reassignments.store';
import { SetupStore } from '../store/setup.store';
import { HandOverLeads } from './hand-over-leads';
import { ReassignmentWorker } from './reassignment-worker';

/** Leads that a preview tries: it holds the tenant's rotation meanwhile. */
const MOST_TRIED = 500;

/** Somebody leaves or is away: what would become of their open leads, and giving them to others. */
@Injectable()
export class ReassignLeads {
  constructor(
    private readonly database: Database, private readonly reassignments: RepReassignmentsStore, private readonly setup: SetupStore,
    private readonly handOver: HandOverLeads, private readonly worker: ReassignmentWorker, private readonly rules: RulesInForce,
  ) {}

  /** Does it with the first leads, and takes it all back. @throws DomainError `invalid`: see `start` */
  preview({ context, request }: QuestionOf<typeof PreviewReassignment>): Promise<AnswerOf<typeof PreviewReassignment>> {
    const tenant = context.tenant.id;
    return this.database.tryOut(async (tx) => {
      const { from, to } = await this.reps(tx, tenant, request);
      const { open_leads } = await this.setup.rep(tx, tenant, from.id) as { open_leads: number };
      const job = { id: 0, tenant, from_id: from.id, to_id: to?.id ?? null, to_pool: request.to_pool ?? null, reason: null, started_by: byWhom(context) };
      const tried: Change[] = [];
      for (let at = 0, isDone = false; !isDone && tried.length < MOST_TRIED;) {
        const found = await this.reassignments.leadsOf(tx, tenant, from.id, at, MOST_TRIED - tried.length);
        tried.push(...await this.handOver.give(tx, job, found.ids));
        ({ at_lead: at, isDone } = found);
      }
      return { preview: { from, open_leads, tried: tried.length, shares: sharesOf(tried) } };
    });
  }

  /**
   * @throws DomainError `unknown_rep`, `inactive_rep`, `same_rep`, `unknown_pool`, `several_targets` of a field; `reassignment_running` when one of the same rep is
   */
  async start({ context, request }: QuestionOf<typeof StartReassignment>): Promise<AnswerOf<typeof StartReassignment>> {
    const tenant = context.tenant.id;
    const answer = await once(this.database, attemptOf(context), async (tx) => {
      const { from, to } = await this.reps(tx, tenant, request);
      const id = await this.reassignments.add(tx, {
        tenant, from_id: from.id, to_id: to?.id ?? null, to_pool: request.to_pool ?? null, reason: request.reason ?? null, started_by: byWhom(context),
      });
      if (id === null) throw DomainError.conflict('reassignment_running', `The leads of ${from.name} are being reassigned already`);
      return { reassignment: await this.existing(tx, tenant, id) };
    });
    this.worker.wake();
    return answer;
  }

  /** @throws DomainError not_found */
  async get({ context, id }: QuestionOf<typeof GetReassignment>): Promise<AnswerOf<typeof GetReassignment>> {
    return { reassignment: await this.existing(this.database, context.tenant.id, id) };
  }

  async list({ context, cursor, limit }: QuestionOf<typeof ListReassignments>): Promise<AnswerOf<typeof ListReassignments>> {
    const found = await this.reassignments.list(this.database, context.tenant.id, numberIn(cursor), limit + 1);
    const { shown, next_cursor } = cutPage(found, limit, ({ id }) => id);
    return { reassignments: shown, next_cursor };
  }

  private async reps(
    tx: Tx, tenant: string, { rep_id, to_rep_id, to_pool }: PreviewReassignmentRequest,
  ): Promise<{ from: Named; to: Named | null }> {
    const from = await this.setup.rep(tx, tenant, rep_id);
    const to = to_rep_id == null ? null : await this.setup.rep(tx, tenant, to_rep_id);
    const errors: FieldError[] = [];
    if (!from) errors.push({ field: 'rep_id', code: 'unknown_rep', detail: `There is no rep ${rep_id}` });
    if (to_rep_id != null && !to) errors.push({ field: 'to_rep_id', code: 'unknown_rep', detail: `There is no rep ${to_rep_id}` });
    if (to && !to.active) errors.push({ field: 'to_rep_id', code: 'inactive_rep', detail: `${to.name} is not active` });
    if (from && to_rep_id === rep_id) errors.push({ field: 'to_rep_id', code: 'same_rep', detail: `The leads are ${from.name}'s already` });
    if (to_pool != null) errors.push(...await this.checkPool(tx, tenant, to_pool, to_rep_id != null));
    if (errors.length > 0 || !from) throw DomainError.invalid(errors);
    return { from: { id: from.id, name: from.name }, to: to && { id: to.id, name: to.name } };
  }

  private async checkPool(tx: Tx, tenant: string, to_pool: string, isForOne: boolean): Promise<FieldError[]> {
    if (isForOne) return [{ field: 'to_pool', code: 'several_targets', detail: 'The leads go to one rep or to a pool, not to both' }];
    const rules = await this.rules.probably(tx, tenant);
    return rules?.byPool.has(to_pool) ? [] : [{ field: 'to_pool', code: 'unknown_pool', detail: `There is no pool "${to_pool}"` }];
  }

  private async existing(queries: Queries, tenant: string, id: number) {
    const found = await this.reassignments.find(queries, tenant, id);
    if (!found) throw DomainError.notFound('Reassignment');
    return found;
  }
}

function sharesOf(changes: readonly Change[]): ReassignedShare[] {
  const shares = new Map<number | null, ReassignedShare>();
  for (const { after: { owner } } of changes) {
    const share = shares.get(owner?.id ?? null) ?? { rep: owner && { id: owner.id, name: owner.name }, leads: 0 };
    shares.set(owner?.id ?? null, { ...share, leads: share.leads + 1 });
  }
  return [...shares.values()].sort((a, b) => b.leads - a.leads || (a.rep?.id ?? 0) - (b.rep?.id ?? 0));
}
