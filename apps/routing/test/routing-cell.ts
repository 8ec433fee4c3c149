import {
  AssignLead, DomainError, GetAssignments, GetDecisions, GetLeads, PutSetup,
  type AnswerOf, type DecisionView, type Envelope, type ErrorBody, type IntakeState, type LeadRoutedData, type NewEvent,
  type RoutingPatch, type RoutingState,
} from '@headwater/contracts';
import { intakeState, startCell, type Cell } from '@headwater/testing';
import { routing } from '../src/routing.module';

export const CONVERTED = {
  converted_at: '2026-11-21T10:00:00.000Z', account_id: 11, contact_id: 12, customer_id: 13, opportunity_id: null,
};

/** Replicas of routing, beside an intake that knows what `captured` made; each test takes a tenant of its own. */
export class RoutingCell {
  private readonly atIntake = new Map<string, IntakeState[]>();
  private tenants = 0;
  private ids = 0;

  private constructor(readonly cell: Cell) {}

  /** @param cell with routing in it, or how many replicas one is to have; two when absent */
  static async start(cell: Cell | number = 2): Promise<RoutingCell> {
    const world = new RoutingCell(typeof cell === 'number' ? await startCell({ services: Array.from({ length: cell }, () => routing) }) : cell);
    await world.cell.answer(GetLeads, ({ tenant, ids }) =>
      ({ leads: (world.atIntake.get(tenant) ?? []).filter(({ lead_id }) => ids.includes(lead_id)) }));
    return world;
  }

  newTenant(): string {
    return `tenant-${(this.tenants += 1)}`;
  }

  newLead(): number {
    return (this.ids += 1);
  }

  /** A lead that intake has, and of which no event came. */
  captured(tenant: string, more: Partial<IntakeState> = {}): number {
    const lead = intakeState({ ...more, lead_id: this.newLead() });
    this.atIntake.set(tenant, [...(this.atIntake.get(tenant) ?? []), lead]);
    return lead.lead_id;
  }

  newCommand(): string {
    return `00000000-0000-7000-8000-${String(this.newLead()).padStart(12, '0')}`;
  }

  put(tenant: string, setup: unknown): Promise<AnswerOf<typeof PutSetup>> {
    return this.cell.ask(PutSetup, { context: this.cell.context({ tenant }), setup });
  }

  async assign(tenant: string, lead_id: number, patch: RoutingPatch, more: object = {}): Promise<RoutingState> {
    const question = { context: this.cell.context({ tenant }), command_id: this.newCommand(), lead_id, patch, ...more };
    return (await this.cell.ask(AssignLead, question)).assignment;
  }

  async assignments(tenant: string, ...ids: number[]): Promise<RoutingState[]> {
    return (await this.cell.ask(GetAssignments, { tenant, ids })).assignments;
  }

  async decisions(tenant: string, lead_id: number): Promise<DecisionView[]> {
    return (await this.cell.ask(GetDecisions, { context: this.cell.context({ tenant }), lead_id })).decisions;
  }

  /** What was published of a tenant. */
  events<Data = LeadRoutedData>(tenant: string, type: string): Envelope<Data>[] {
    return this.cell.events<Data>(type).filter(({ tenantid }) => tenantid === tenant);
  }

  /** Publishes, and waits until all of it is handled. */
  async deliver(events: NewEvent[], options: { times?: number; shuffle?: boolean; republished?: boolean } = {}): Promise<void> {
    await this.cell.publish(events, options);
    await this.cell.settled();
  }
}

/** The refusal that a request ends with. */
export async function refusal(asked: Promise<unknown>): Promise<ErrorBody> {
  const error = await asked.then(() => null, (raised: unknown) => raised);
  expect(error).toBeInstanceOf(DomainError);
  return (error as DomainError).body;
}
