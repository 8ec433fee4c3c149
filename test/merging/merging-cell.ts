import {
  CaptureLeads, ChangeStatus, DomainError, GetLeads, GetStatuses, ListTouches, MergeLeads, QualifyLead, UnmergeLeads,
  type CreateLead, type Entry, type IntakeState, type QuestionOf,
} from '@headwater/contracts';
import { startCell, testTenant, type Cell } from '@headwater/testing';
import { v7 as uuidv7 } from 'uuid';
import { conversion } from '../../apps/conversion/src/conversion.module';
import { intake } from '../../apps/intake/src/intake.module';
import { qualification } from '../../apps/qualification/src/qualification.module';
import { routing } from '../../apps/routing/src/routing.module';
import { scoring } from '../../apps/scoring/src/scoring.module';

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
    this.cell.ask(MergeLeads, { context: this.cell.context(), lead_id, lead_ids, ...more });

  unmerge = (merge_id: number, more: Partial<QuestionOf<typeof UnmergeLeads>> = {}) =>
    this.cell.ask(UnmergeLeads, { context: this.cell.context(), merge_id, ...more });

  async lead(id: number): Promise<IntakeState> {
    const { leads } = await this.cell.ask(GetLeads, { tenant: 'demo', ids: [id] });
    return leads[0];
  }

  status = async (id: number) => (await this.cell.ask(GetStatuses, { tenant: 'demo', ids: [id] })).statuses[0];
  patchStatus = (lead_id: number, patch: QuestionOf<typeof ChangeStatus>['patch']) =>
    this.cell.ask(ChangeStatus, { context: this.cell.context(), command_id: uuidv7(), lead_id, patch });
  qualify = (lead_id: number) => this.cell.ask(QualifyLead, { context: this.cell.context(), lead_id, body: { qualified: true } });
  touches = async (lead_id: number) => (await this.cell.ask(ListTouches, { context: this.cell.context(), lead_id, limit: 200 })).touches;
  reservations = () => this.cell.rows<{ lead_id: string }>('qualification', 'select lead_id from lead_status where reservation_token is not null');
}

/** The refusal that is expected. */
export async function refused(asked: Promise<unknown>): Promise<DomainError['body']> {
  const error = await asked.then(() => null, (failure: unknown) => failure);
  if (!(error instanceof DomainError)) throw new Error(`not refused: ${String(error)}`);
  return error.body;
}
