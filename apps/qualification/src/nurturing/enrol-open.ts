import { Injectable } from '@nestjs/common';
import type { Envelope, IntakeState, LeadScoredData, LeadUpdatedData } from '@headwater/contracts';
import { causedByEvent } from '@headwater/messaging';
import type { Tx } from '@headwater/platform';
import { conclude } from '../domain/decision';
import { leadFacts } from '../domain/lead-facts';
import { firstStatus, type LeadStatus } from '../domain/lead-status';
import { move } from '../domain/move';
import type { CompiledRules } from '../domain/nurturing/compile-rules';
import { entryOfOpen } from '../domain/nurturing/find-entry';
import { followTold } from '../domain/nurturing/told-facts';
import { FollowMerges } from '../follow-merges';
import { RecordDecisions, type Recorded } from '../record-decisions';
import { StatusesStore, type Locked } from '../store/statuses.store';
import { ToldFactsStore, type ToldFacts } from '../store/told-facts.store';
import { nameOf } from './follow-nurturing';
import { NurtureRulesInForce } from './rules-in-force';

const SYSTEM = 'system';

/** News of a lead that is locked. @property before as it was */
interface Heard { lead: Locked; before: LeadStatus; told: IntakeState; changed: readonly string[]; event: Envelope }

/** Enrols open leads by rule: when a score, or what intake tells of a lead, is such that a condition begins to hold. */
@Injectable()
export class EnrolOpenLeads {
  constructor(
    private readonly rules: NurtureRulesInForce, private readonly facts: ToldFactsStore, private readonly statuses: StatusesStore,
    private readonly decisions: RecordDecisions, private readonly merges: FollowMerges,
  ) {}

  /** Nothing is asked of tenants without such rules. @param changes of leads that are locked, with their newest scores */
  async fromScores(tx: Tx, changes: readonly { before: LeadStatus; lead: Locked }[], events: readonly Envelope<LeadScoredData>[]): Promise<void> {
    await this.follow(tx, changes.filter(({ lead }) => this.rules.mayEnrolOpen(lead.tenant_id)).map((change) => {
      const event = newestOf(events.filter(({ tenantid, data }) => tenantid === change.lead.tenant_id && data.score.lead_id === change.lead.lead_id));
      return { ...change, told: event.data.lead, changed: [], event };
    }));
  }

  /** @param events the newest of each lead */
  async fromIntake(events: Envelope<LeadUpdatedData>[], tx: Tx): Promise<void> {
    const those = new Map(events.filter(({ tenantid }) => this.rules.mayAskForFacts(tenantid))
      .map((event) => [nameOf({ tenant_id: event.tenantid, lead_id: event.data.lead.lead_id }), event]));
    if (those.size === 0) return;
    const leads = await this.statuses.hold(tx, [...those.values()].map(({ tenantid, data }) => firstStatus(tenantid, data.lead)));
    await this.follow(tx, leads.map((lead) => {
      const event = those.get(nameOf(lead))!;
      return { lead, before: lead, told: event.data.lead, changed: event.data.changed, event };
    }));
    await this.merges.followKnown(tx, leads.filter(({ isLatePrimary }) => isLatePrimary), causedByEvent(events[0]));
  }

  private async follow(tx: Tx, heard: readonly Heard[]): Promise<void> {
    const own = heard.filter(({ lead }) => lead.primary_id === null && lead.converted === null);
    if (own.length === 0) return;
    const rules = await this.rules.current(tx, own.map(({ lead }) => lead.tenant_id));
    const asked = own.flatMap((one) => (rules(one.lead.tenant_id).ofOpen.length > 0 ? [{ ...one, rules: rules(one.lead.tenant_id) }] : []));
    const known = await this.known(tx, asked);
    const found = asked.map((one) => findEntry(one, known.get(nameOf(one.lead)) ?? null));
    await this.facts.write(tx, found.flatMap(({ kept }) => kept ?? []));
    const entries = found.flatMap(({ entry }) => entry ?? []);
    if (entries.length > 0) await this.decisions.record(tx, entries);
  }

  private async known(tx: Tx, asked: readonly { lead: LeadStatus; rules: CompiledRules }[]): Promise<Map<string, ToldFacts>> {
    const leads = asked.flatMap(({ lead, rules }) => (rules.factsOfOpen.length > 0 ? [lead] : []));
    return new Map(leads.length > 0 ? (await this.facts.of(tx, leads)).map((facts) => [nameOf(facts), facts]) : []);
  }
}

/** A lead that somebody holds, to convert or merge it, stays as it is. */
function findEntry(
  { lead: { now, ...lead }, before, told, changed, event, rules }: Heard & { rules: CompiledRules }, known: ToldFacts | null,
): { kept: ToldFacts | null; entry: Recorded | null } {
  const facts = followTold(known, { revision: told.revision, facts: leadFacts(told), changed }, rules.factsOfOpen);
  const isNew = known === null && before.scoring_revision === 0;
  const terms = lead.reservation_token === null ? entryOfOpen(rules, isNew ? null : before, lead, facts, now) : null;
  const by = { actor: SYSTEM, at: now };
  return {
    kept: facts.kept && rules.factsOfOpen.length > 0 ? { tenant_id: lead.tenant_id, lead_id: lead.lead_id, ...facts.kept } : null,
    entry: terms && {
      decision: conclude(lead, move(lead, [{ to: 'nurturing', cause: 'nurture_rule', notes: terms.because }], by), [], by),
      cause: causedByEvent(event), enrolment: terms,
    },
  };
}

const newestOf = (events: readonly Envelope<LeadScoredData>[]): Envelope<LeadScoredData> =>
  events.reduce((newest, event) => (event.data.lead.revision > newest.data.lead.revision ? event : newest));
