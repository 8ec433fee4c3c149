import { v7 as uuidv7 } from 'uuid';
import {
  CaptureLeads, ListTouches, type CaptureAnswer, type CaptureItem, type CaptureResult, type CreateLead, type IntakeState,
} from '@headwater/contracts';
import { eventually, startCell, testTenant, type Cell } from '@headwater/testing';
import { intake } from '../src/intake.module';

let cell: Cell;
beforeAll(async () => { cell = await startCell({ services: [intake, intake, intake] }); });
afterAll(() => cell.stop());

let tenants = 0;
/** Each test has a tenant of its own. */
const newTenant = (): string => `match-${(tenants += 1)}`;

const item = (tenant: string, lead: CreateLead, more: Partial<CaptureItem> = {}): CaptureItem => ({
  submission_id: uuidv7(), received_at: new Date().toISOString(), tenant, actor: { kind: 'api_key', id: 'key-1' },
  anonymous: false, entry: 'api', lead, correlation_id: 'test', ...more,
});
const captureAll = async (tenant: string, leads: CreateLead[], more: Partial<CaptureItem> = {}): Promise<CaptureResult[]> =>
  (await cell.ask(CaptureLeads, { items: leads.map((lead) => item(tenant, lead, more)), tenants: { [tenant]: testTenant(tenant) } })).results;
const captured = async (tenant: string, lead: CreateLead, more: Partial<CaptureItem> = {}): Promise<CaptureAnswer & { lead: IntakeState }> => {
  const [result] = await captureAll(tenant, [lead], more);
  if (!result.ok || !result.answer.lead) throw new Error('It made no lead');
  return result.answer as CaptureAnswer & { lead: IntakeState };
};
const matched = (): Promise<unknown> => eventually('the duplicates of every lead were looked for', async () =>
  (await cell.rows('intake', 'select from match_work limit 1')).length === 0);

interface Pair { low_id: number; high_id: number; status: string; band: string; probability: number; doubt: string | null }
const pairsOf = async (tenant: string): Promise<Pair[]> => {
  await matched();
  return cell.rows<Pair>('intake', `
    select low_id::int, high_id::int, status, band, probability, doubt from duplicate_review where tenant_id = $1 order by low_id, high_id`, [tenant]);
};

const ANN = { first_name: 'Katharina', last_name: 'Oberhausen', email: 'katharina.oberhausen@example.com', phone: '+4930901820', company_name: 'Nordwind Logistik' };

describe('a lead that is like another', () => {
  it('is a review with its reasons; one that is like nobody is none', async () => {
    const tenant = newTenant();
    const first = await captured(tenant, ANN);
    const second = await captured(tenant, { ...ANN, first_name: 'Katarina', email: 'k.oberhausen@nordwind.example.com', phone: undefined });
    await captured(tenant, { first_name: 'Bob', last_name: 'Ray', email: 'bob@ray.example.com' });
    expect(second.verdict).toBe('created');
    expect(await pairsOf(tenant)).toEqual([expect.objectContaining({
      low_id: first.lead.lead_id, high_id: second.lead.lead_id, status: 'open', doubt: null,
    })]);
  });
});

describe('at once over three replicas', () => {
  it('200 submissions of one person are one lead with 200 touches', async () => {
    const tenant = newTenant();
    const answers = await Promise.all(Array.from({ length: 200 }, () => captured(tenant, ANN)));
    const ids = new Set(answers.map(({ lead }) => lead.lead_id));
    expect(ids.size).toBe(1);
    expect(answers.filter(({ verdict }) => verdict === 'created')).toHaveLength(1);
    const { touches } = await cell.ask(ListTouches, { context: cell.context({ tenant }), lead_id: [...ids][0], limit: 200 });
    expect(touches).toHaveLength(200);
    expect(await pairsOf(tenant)).toEqual([]);
  });
});
