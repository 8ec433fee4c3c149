import { Injectable } from '@nestjs/common';
import {
  DomainError, GetStatuses,
  type AnswerOf, type ConversionPreview, type IntakeState, type PlannedRecord, type PreviewConversion as PreviewRequest, type QualificationState,
  type QuestionOf, type Status, type Warning,
} from '@headwater/contracts';
import { Requester } from '@headwater/messaging';
import { Database, nowOf } from '@headwater/platform';
import { dealOf } from './converting/create-records';
import { FindTargets, type Found } from './converting/find-targets';
import { GatherFacts } from './converting/gather-facts';
import { JoinRecords, type Join } from './converting/join-records';
import { planOf, type Plan } from './converting/plan';
import { dateIn } from './domain/calendar';
import { checkConvert } from './domain/check-convert';
import { leadLocked } from './domain/lead-locked';
import { carried, customerType, newAccount } from './domain/new-records';
import { opportunityTerms } from './domain/opportunity-terms';
import type { Targets } from './domain/targets/choose-targets';
import { KnownMappings } from './mapping/known-mappings';
import { ConversionsStore } from './store/conversions.store';

type Records = Pick<ConversionPreview, 'account' | 'contact' | 'customer' | 'opportunity'>;
const NO_RECORDS: Records = { account: null, contact: null, customer: null, opportunity: null };

/** Says what a conversion would make, join, fill or be refused for. It writes nothing, and reserves nothing. */
@Injectable()
export class PreviewConversion {
  constructor(
    private readonly database: Database, private readonly requester: Requester, private readonly facts: GatherFacts,
    private readonly mappings: KnownMappings, private readonly finding: FindTargets, private readonly joining: JoinRecords,
    private readonly conversions: ConversionsStore,
  ) {}

  /** @throws DomainError invalid for a body that no lead could be converted by; not_found; `lead_merged` with the primary */
  async preview({ context, lead_id, body, expected_revision }: QuestionOf<typeof PreviewRequest>): Promise<AnswerOf<typeof PreviewRequest>> {
    const errors = checkConvert(body, context.tenant.policies.strict_opportunity_fields);
    if (errors.length > 0) throw DomainError.invalid(errors);
    const tenant = context.tenant.id;
    const facts = await this.facts.gather(context, lead_id, { notify: body.send_notification_email ?? true, lookOnly: true });
    const [{ statuses: [standing] }, underway] = await Promise.all([
      this.requester.ask(GetStatuses, { tenant, ids: [lead_id] }), this.conversions.isUnderway(this.database, tenant, lead_id),
    ]);
    const plan = planOf(context, body, facts, await this.mappings.present(tenant));
    const refusals = [...gate(facts.lead, standing?.status ?? 'new', underway), ...outdated(standing, expected_revision), ...facts.refusals];
    const { found, targets } = await this.targets(plan, refusals);
    const { records, warnings } = targets && found ? await this.records(plan, found, targets) : { records: NO_RECORDS, warnings: [] };
    return answer(plan, standing?.status ?? 'new', { refusals, found, records, warnings: [...facts.warnings, ...plan.mapped.warnings, ...warnings] });
  }

  private async targets(plan: Plan, refusals: DomainError[]): Promise<{ found?: Found; targets?: Targets }> {
    const found = await listed(refusals, () => this.finding.look(this.database, plan));
    return { found, targets: found && await listed(refusals, () => this.finding.choose(plan, found)) };
  }

  private async records(plan: Plan, { people }: Found, targets: Targets): Promise<{ records: Records; warnings: Warning[] }> {
    const { accountId, contactId, customerId, opportunityId } = targets;
    const { mapped: { values }, facts: { lead: { lead_id }, ownerId }, isCompany, company, person } = plan;
    const emailIsFree = people.every(({ contact_id }) => contact_id === contactId);
    const deal = await this.newDeal(plan);
    return {
      records: {
        account: accountId === null ? create(newAccount(values.account, company, { lead_id, ownerId, isCompany }))
          : link((await this.joining.joinAccounts(this.database, [{ plan, id: accountId }]))[0]),
        contact: contactId === null ? create(person) : link((await this.joining.joinContacts(this.database, [{ plan, id: contactId, emailIsFree }]))[0]),
        customer: customerId === null ? create({ type: customerType(person, isCompany), owner_id: ownerId, ...carried(values.customer) })
          : link((await this.joining.joinCustomers(this.database, [{ plan, id: customerId }]))[0]),
        opportunity: opportunityId === null ? deal && create(deal.fields) : link((await this.joining.joinOpportunities(this.database, [{ plan, id: opportunityId }]))[0]),
      },
      warnings: [...targets.warnings, ...(deal?.warnings ?? [])],
    };
  }

  private async newDeal({ context: { tenant }, body, mapped: { values }, facts: { ownerId } }: Plan): Promise<{ fields: object; warnings: Warning[] } | null> {
    if (!body.create_opportunity) return null;
    const today = dateIn(tenant.time_zone, await nowOf(this.database));
    const { terms, warnings } = opportunityTerms(dealOf(body, values.opportunity), { today, currency: tenant.currency });
    return { fields: { ...terms, lost_reason: body.opportunity_lost_reason ?? null, owner_id: ownerId, ...carried(values.opportunity) }, warnings };
  }
}

/** What qualification, or another converter, would say. */
function gate({ lead_id, converted, merged_into }: IntakeState, status: Status, underway: boolean): DomainError[] {
  if (converted) return [leadLocked(converted)];
  if (merged_into) return [DomainError.conflict('lead_merged', `Lead ${lead_id} is merged into lead ${merged_into}`, { primary_id: merged_into })];
  if (underway) return [DomainError.conflict('conversion_in_progress', 'The lead is being converted at this moment')];
  return status === 'qualified' ? [] : [DomainError.conflict('not_qualified', 'Lead must be qualified before conversion', { lead_status: status })];
}

/** What qualification would say of a lead that was moved since its converter saw it. */
const outdated = (standing: QualificationState | undefined, expected: number | undefined): DomainError[] => (
  expected === undefined || standing === undefined || standing.revision === expected ? [] : [DomainError.changedMeanwhile('lead', { revision: standing.revision })]);

/** @returns undefined for what is refused, and listed */
async function listed<T>(refusals: DomainError[], decide: () => T | Promise<T>): Promise<T | undefined> {
  try {
    return await decide();
  } catch (error) {
    if (!(error instanceof DomainError) || error.body.kind === 'unavailable') throw error;
    refusals.push(error);
    return undefined;
  }
}

const SEARCHED_BY = new Set(['name_normalised', 'email_normalised', 'phone_digits', 'mobile_digits', 'lead_id', 'has_primary', 'attribution']);
const shown = (fields: object): Record<string, unknown> =>
  Object.fromEntries(Object.entries(fields).filter(([name, value]) => !SEARCHED_BY.has(name) && value !== null));

const create = (fields: object): PlannedRecord => ({ action: 'create', fields: shown(fields) });
const link = ({ before, fill: { changes, filled } }: Join<{ id: number }>): PlannedRecord =>
  ({ action: 'link', id: before.id, fields: shown({ ...before, ...changes }), filled });

function answer(
  { context: _, body, facts, mapping, mapped }: Plan, status: Status,
  { refusals, found, records, warnings }: { refusals: DomainError[]; found?: Found; records: Records; warnings: Warning[] },
): AnswerOf<typeof PreviewRequest> {
  return {
    message: refusals.length > 0 ? 'The lead would not be converted' : 'The lead would be converted',
    data: {
      lead: { id: facts.lead.lead_id, status },
      refusals: refusals.map(({ body: { kind, code, detail, errors, more } }) => ({ status: kind, code, detail, ...(errors ? { errors } : {}), ...more })),
      ...records,
      contact_role: body.contact_role ?? null,
      matches: {
        contacts: found?.people ?? [],
        accounts: (found?.companies ?? []).map(({ id, name, same_domain }) => ({ account_id: id, name, by: same_domain ? 'domain' : 'name' })),
      },
      mapping: { version: mapping.version, values: mapped.lines },
      owner_id: facts.ownerId,
      notify: facts.confirmTo,
    },
    ...(warnings.length > 0 ? { warnings } : {}),
  };
}
