import { v7 as uuidv7 } from 'uuid';
import {
  CaptureLeads, ListDuplicateReviews, PreviewCaptures, UpdateLead,
  type CaptureAnswer, type CaptureItem, type CapturePreview, type CaptureResult, type CreateLead, type DuplicateReview, type IntakeState,
  type IntakePatch, type ReviewFilter, type ReviewSort,
} from '@headwater/contracts';
import { eventually, startCell, testTenant, type Cell } from '@headwater/testing';
import { intake } from '../src/intake.module';

interface Pair { low_id: number; high_id: number; status: string; band: string; probability: number; doubt: string | null }

/** For what many wait for at once, on a machine that others use, too. */
const BUSY_MS = 45_000;

export type Made = CaptureAnswer & { lead: IntakeState };

/** Three replicas of intake; each test takes a tenant of its own. */
export class MatchingCell {
  private tenants = 0;

  private constructor(readonly cell: Cell) {}

  static async start(): Promise<MatchingCell> {
    return new MatchingCell(await startCell({ services: [intake, intake, intake] }));
  }

  newTenant(): string {
    return `match-${(this.tenants += 1)}`;
  }

  context(tenant: string) {
    return this.cell.context({ tenant });
  }

  /** What would become of it. */
  async preview(tenant: string, ...leads: CreateLead[]): Promise<CapturePreview[]> {
    return (await this.cell.ask(PreviewCaptures, { items: leads.map((lead) => item(tenant, lead)), tenants: { [tenant]: testTenant(tenant) } })).previews;
  }

  async captureAll(tenant: string, leads: CreateLead[], more: Partial<CaptureItem> = {}): Promise<CaptureResult[]> {
    return (await this.cell.ask(CaptureLeads, { items: leads.map((lead) => item(tenant, lead, more)), tenants: { [tenant]: testTenant(tenant) } })).results;
  }

  async capture(tenant: string, lead: CreateLead, more: Partial<CaptureItem> = {}): Promise<Made> {
    const [result] = await this.captureAll(tenant, [lead], more);
    if (!result.ok || !result.answer.lead) throw new Error('It made no lead');
    return result.answer as Made;
  }

  /** As everybody does who is told that intake has no time for it now: asks again, with the same submission. */
  captureInTheEnd(tenant: string, lead: CreateLead): Promise<Made> {
    const submission_id = uuidv7();
    return eventually('it is taken in', () => this.capture(tenant, lead, { submission_id }), { timeoutMs: BUSY_MS });
  }

  async update(tenant: string, lead_id: number, patch: IntakePatch): Promise<void> {
    await this.cell.ask(UpdateLead, { context: this.context(tenant), command_id: uuidv7(), lead_id, patch });
  }

  /** The duplicates of every lead were looked for. */
  async matched(): Promise<void> {
    await eventually('nothing is left on the list', async () => (await this.cell.rows('intake', 'select from match_work limit 1')).length === 0, { timeoutMs: BUSY_MS });
  }

  /** What is known of a tenant's pairs, once all have been looked at. */
  async pairs(tenant: string): Promise<Pair[]> {
    await this.matched();
    return this.cell.rows<Pair>('intake', `
      select low_id::int, high_id::int, status, band, probability, doubt from duplicate_review where tenant_id = $1 order by low_id, high_id`, [tenant]);
  }

  async reviews(
    tenant: string, { filter = {}, sort = '-probability', limit = 50, cursor }: { filter?: ReviewFilter; sort?: ReviewSort; limit?: number; cursor?: string } = {},
  ): Promise<{ reviews: DuplicateReview[]; next_cursor: string | null }> {
    await this.matched();
    return this.cell.ask(ListDuplicateReviews, { context: this.context(tenant), filter, sort, limit, cursor });
  }
}

const item = (tenant: string, lead: CreateLead, more: Partial<CaptureItem> = {}): CaptureItem => ({
  submission_id: uuidv7(), received_at: new Date().toISOString(), tenant, actor: { kind: 'api_key', id: 'key-1' },
  anonymous: false, entry: 'api', lead, correlation_id: 'test', ...more,
});
