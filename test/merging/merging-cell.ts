import {
  CaptureLeads, ChangeStatus, DomainError, GetLeads, GetStatuses, ListTouches, MergeLeads, QualifyLead, UnmergeLeads,
  type CreateLead, type Entry, type IntakeState, type QuestionOf,
} from '@headwater/contracts';
import { eventually, startCell, testTenant, type Cell } from '@headwater/testing';
import { v7 as uuidv7 } from 'uuid';
import { conversion } from '../../apps/conversion/src/conversion.module';
import { intake } from '../../apps/intake/src/intake.module';
import { qualification } from '../../apps/qualification/src/qualification.module';
import { routing } from '../../apps/routing/src/routing.module';
import { scoring } from '../../apps/scoring/src/scoring.module';

/** For so long intake waits for the others to hear of a merge, before it answers; who is later learns it from the events. */
const TOLD_WITHIN_MS = 2_000;

/** The services that merge, and the one that converts, each real, intake and qualification twice. */
export class MergingCell {
  private people = 0;

  private constructor(readonly cell: Cell) {}

  static async start(): Promise<MergingCell> {
    return new MergingCell(await startCell({ services: [intake, intake, qualification, qualification, scoring, routing, conversion] }));
  }

  /** Sends somebody in; of what isn't given nobody else has the same. @returns the answer to it */
  async capture(lead: CreateLead = {}, { entry = 'api', tenant = 'demo' }: { entry?: Entry; tenant?: string } = {}) {
    const n = (this.people += 1);
    const item = {
      submission_id: uuidv7(), received_at: new Date().toISOString(), tenant, actor: { kind: 'api_key' as const, id: 'key-1' }, anonymous: false,
      entry, lead: { last_name: `Person${n}`, email: `person-${n}@example.com`, ...lead }, correlation_id: 'test',
    };
    const { results: [result] } = await this.cell.ask(CaptureLeads, { items: [item], tenants: { [tenant]: testTenant(tenant) } });
    if (!result.ok || !result.answer.lead) throw new Error('not captured');
    return { ...result.answer, lead: result.answer.lead };
  }

  async newLead(lead: CreateLead = {}): Promise<number> {
    return (await this.capture(lead)).lead.lead_id;
  }

  merge = (lead_id: number, lead_ids: number[], more: Partial<QuestionOf<typeof MergeLeads>> = {}) =>
    this.told(this.cell.ask(MergeLeads, { context: this.cell.context(), lead_id, lead_ids, ...more }));

  unmerge = (merge_id: number, more: Partial<QuestionOf<typeof UnmergeLeads>> = {}) =>
    this.told(this.cell.ask(UnmergeLeads, { context: this.cell.context(), merge_id, ...more }));

  async lead(id: number): Promise<IntakeState> {
    const { leads } = await this.cell.ask(GetLeads, { tenant: 'demo', ids: [id] });
    return leads[0];
  }

  status = async (id: number) => (await this.cell.ask(GetStatuses, { tenant: 'demo', ids: [id] })).statuses[0];
  patchStatus = (lead_id: number, patch: QuestionOf<typeof ChangeStatus>['patch']) =>
    this.cell.ask(ChangeStatus, { context: this.cell.context(), command_id: uuidv7(), lead_id, patch });
  qualify = (lead_id: number) => this.cell.ask(QualifyLead, { context: this.cell.context(), lead_id, body: { qualified: true } });
  touches = async (lead_id: number) => (await this.cell.ask(ListTouches, { context: this.cell.context(), lead_id, limit: 200 })).touches;
  /** Nobody has a lead reserved. One that is merged without a person is merged before qualification hears of it. */
  free = () => eventually('nobody has a lead reserved', async () =>
    (await this.cell.rows('qualification', 'select from lead_status where reservation_token is not null')).length === 0);

  /** Whose leads could be one person's is looked for behind the answer, and behind the events: no pair is compared once more after this. */
  compared = () => eventually('nobody is left to be compared', async () => (await this.cell.rows('intake', 'select from match_work limit 1')).length === 0);

  /** The answer, when everybody has heard of it: before it, unless somebody was too slow. */
  private async told<Answer>(asked: Promise<Answer>): Promise<Answer> {
    const since = performance.now();
    const answer = await asked;
    if (performance.now() - since >= TOLD_WITHIN_MS) await this.cell.settled();
    return answer;
  }
}

/** The refusal that is expected. */
export async function refused(asked: Promise<unknown>): Promise<DomainError['body']> {
  const error = await asked.then(() => null, (failure: unknown) => failure);
  if (!(error instanceof DomainError)) throw new Error(`not refused: ${String(error)}`);
  return error.body;
}
