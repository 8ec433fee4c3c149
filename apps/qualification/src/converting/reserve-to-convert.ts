import { Injectable, Logger } from '@nestjs/common';
import { DomainError, type AnswerOf, type QuestionOf, type ReservedLead, type ReserveLeadsToConvert } from '@headwater/contracts';
import { Database, faultPoint, isInTheWay, limitPatience, PATIENCE_ALONE_MS, PATIENCE_TOGETHER_MS, type Tx } from '@headwater/platform';
import { qualificationState, type LeadStatus } from '../domain/lead-status';
import { assertReservable } from '../domain/reservation';
import { KnowLeads } from '../know-leads';
import { SettleLeads } from '../settle-lead';
import { ReservationsStore, type Reservation } from '../store/reservations.store';
import { StatusesStore } from '../store/statuses.store';

type Asked = QuestionOf<typeof ReserveLeadsToConvert>['items'][number];

/** Gives leads to their converters, as many as convert at once, in one transaction; one that is refused stops no other. */
@Injectable()
export class ReserveToConvert {
  private readonly logger = new Logger(ReserveToConvert.name);

  constructor(
    private readonly database: Database, private readonly know: KnowLeads, private readonly settlements: SettleLeads,
    private readonly statuses: StatusesStore, private readonly reservations: ReservationsStore,
  ) {}

  /** The same token again renews its lease. Each is refused as `ReserveLead` refuses. */
  async reserve({ items }: QuestionOf<typeof ReserveLeadsToConvert>): Promise<AnswerOf<typeof ReserveLeadsToConvert>> {
    const refusals = await this.settleExpired(await this.known(items));
    const results = await this.reserveOrSplit(items, refusals);
    faultPoint('conversion.reservation_committed');
    return { results };
  }

  private async known(items: Asked[]): Promise<LeadStatus[]> {
    const tenants = [...new Set(items.map(({ tenant }) => tenant))];
    const idsOf = (tenant: string) => items.filter((item) => item.tenant === tenant).map(({ lead_id }) => lead_id);
    return (await Promise.all(tenants.map((tenant) => this.know.present(tenant, idsOf(tenant))))).flat();
  }

  /** @returns why leads can't be had whose holder doesn't answer */
  private async settleExpired(leads: LeadStatus[]): Promise<Map<string, DomainError>> {
    const refusals = new Map<string, DomainError>();
    for (const { tenant_id, lead_id } of leads.filter(({ reservation_token }) => reservation_token !== null)) {
      try {
        await this.settlements.settleExpired(tenant_id, lead_id);
      } catch (error) {
        if (!(error instanceof DomainError)) throw error;
        refusals.set(`${tenant_id} ${lead_id}`, error);
      }
    }
    return refusals;
  }

  /** A lead that somebody else keeps from us is tried by itself once more, so that those it is asked for with get theirs. */
  private async reserveOrSplit(items: Asked[], refusals: Map<string, DomainError>): Promise<ReservedLead[]> {
    try {
      return await this.reserveWithin(items.length === 1 ? PATIENCE_ALONE_MS : PATIENCE_TOGETHER_MS, items, refusals);
    } catch (error) {
      if (!isInTheWay(error)) throw error;
      if (items.length === 1) return [isHeld()];
      return Promise.all(items.map((item) => this.reserveAlone(item, refusals)));
    }
  }

  /** What fails is refused: some of the others are reserved by then, and have to be told so. */
  private async reserveAlone(item: Asked, refusals: Map<string, DomainError>): Promise<ReservedLead> {
    try {
      return (await this.reserveWithin(PATIENCE_TOGETHER_MS, [item], refusals))[0];
    } catch (error) {
      if (isInTheWay(error)) return isHeld();
      this.logger.error({ err: error, lead_id: item.lead_id }, 'A lead could not be reserved');
      return refused(DomainError.unavailable('The lead could not be reserved: try again'));
    }
  }

  private reserveWithin(patienceMs: number, items: Asked[], refusals: Map<string, DomainError>): Promise<ReservedLead[]> {
    return this.database.transaction(async (tx) => {
      await limitPatience(tx, patienceMs);
      return this.reserveIn(tx, items, refusals);
    });
  }

  private async reserveIn(tx: Tx, items: Asked[], refusals: Map<string, DomainError>): Promise<ReservedLead[]> {
    const asked = items.map(({ tenant, lead_id, token, lease_seconds }): Reservation => ({ tenant_id: tenant, lead_id, token, lease_seconds }));
    const leads = new Map((await this.statuses.lockAll(tx, asked)).map((lead) => [nameOf(lead), lead]));
    const ended = await this.reservations.ended(tx, asked);
    const decided = asked.map((one, i): { one: Reservation; lead?: LeadStatus; refusal?: DomainError } => {
      try {
        const lead = leads.get(nameOf(one));
        if (!lead) throw DomainError.notFound('Lead');
        const refusal = refusals.get(nameOf(one));
        if (refusal) throw refusal;
        assertReservable(lead, one.token, ended[i], items[i].expected_revision);
        leads.set(nameOf(one), { ...lead, reservation_token: one.token, reservation_holder: 'conversion' }); // the next token of this lead comes too late
        return { one, lead };
      } catch (error) {
        if (!(error instanceof DomainError)) throw error;
        return { one, refusal: error };
      }
    });
    const reserved = decided.flatMap(({ one, lead }) => (lead ? [one] : []));
    await this.reservations.reserve(tx, reserved);
    const histories = await this.reservations.histories(tx, reserved);
    return decided.map(({ one, lead, refusal }): ReservedLead => (lead
      ? { ok: true, qualification: qualificationState(lead), ...histories.get(nameOf(one))! } : refused(refusal!)));
  }
}

const refused = ({ body }: DomainError): ReservedLead => ({ ok: false, refusal: body });

const isHeld = (): ReservedLead => refused(DomainError.unavailable('Somebody else holds the lead at this moment: try again'));

const nameOf = ({ tenant_id, lead_id }: { tenant_id: string; lead_id: number }): string => `${tenant_id} ${lead_id}`;
