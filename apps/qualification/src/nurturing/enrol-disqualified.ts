import { Injectable } from '@nestjs/common';
import { DomainError, type Context, type IntakeState, type NurtureTerms, type ThenNurture } from '@headwater/contracts';
import type { Cause } from '@headwater/messaging';
import { Database, type Tx } from '@headwater/platform';
import { conclude } from '../domain/decision';
import type { By, LeadStatus } from '../domain/lead-status';
import { move } from '../domain/move';
import type { Terms } from '../domain/nurturing/enrolment';
import { entryFacts, entryOf } from '../domain/nurturing/find-entry';
import { Neighbours } from '../neighbours';
import { RecordDecisions } from '../record-decisions';
import { termsOf } from './nurture-lead';
import { NurtureRulesInForce } from './rules-in-force';

/** What a disqualification says of what comes next, and what the tenant's rules want to know of the lead. */
export interface AfterDisqualification {
  /** null: the rules decide */
  terms: NurtureTerms | null;
  zone: string;
  known: IntakeState | null;
}

/** A lead that is disqualified goes on to the nurtured where whoever did it says so, or a rule of the tenant. */
@Injectable()
export class EnrolDisqualified {
  constructor(
    private readonly database: Database, private readonly rules: NurtureRulesInForce, private readonly neighbours: Neighbours,
    private readonly decisions: RecordDecisions,
  ) {}

  /**
   * Asked before the transaction of the disqualification: intake is asked only where a rule may want to know.
   * @param said what the command says of what comes next; where it says nothing, the rules decide
   * @throws DomainError `unavailable`; 422 at `nurture` without `then`
   */
  async prepare({ tenant }: Context, leadId: number, { then, nurture }: ThenNurture = {}): Promise<AfterDisqualification> {
    const zone = tenant.time_zone;
    if (then === 'nurture') return { terms: nurture ?? {}, zone, known: null };
    if (nurture) throw DomainError.invalidField('nurture', 'not_applicable', 'nurture goes with "then": "nurture"');
    const { afterDisqualification } = await this.rules.of(this.database, tenant.id);
    const known = afterDisqualification.length > 0 ? (await this.neighbours.leads(tenant.id, [leadId]))[0] ?? null : null;
    return { terms: null, zone, known };
  }

  /** @returns whether a lead of a tenant may go on by its rules */
  async mayFollow(tx: Tx, tenants: readonly string[]): Promise<(tenant: string) => boolean> {
    if (tenants.length === 0) return () => false;
    const rules = await this.rules.current(tx, tenants);
    return (tenant) => rules(tenant).afterDisqualification.length > 0;
  }

  /**
   * In the transaction that has disqualified the lead, after that was recorded: what it decides is told after it.
   * @param lead as it is since
   * @returns the lead as it is then: nurtured, or as it was
   * @throws DomainError 422 at `recycle_date`
   */
  async follow(tx: Tx, lead: LeadStatus, { terms, zone, known }: AfterDisqualification, by: By, cause: Cause): Promise<LeadStatus> {
    if (lead.status !== 'disqualified') return lead;
    const enrolment: Terms | null = terms
      ? { ...termsOf(terms, zone, by.at), because: 'disqualified, and to be nurtured then' }
      : entryOf(await this.rules.of(tx, lead.tenant_id), entryFacts(lead, lead.disqualification_reason, known), by.at);
    if (!enrolment) return lead;
    const reason = lead.disqualification_reason;
    const decision = conclude(lead, move(lead, [{ to: 'nurturing', cause: terms ? 'nurture' : 'nurture_rule', reason, notes: enrolment.because }], by), [], by);
    await this.decisions.record(tx, [{ decision, cause, enrolment }]);
    return decision.lead;
  }
}
