import { Injectable } from '@nestjs/common';
import type { Envelope, IntakeState, LeadScoredData, LeadUpdatedData } from '@headwater/contracts';
import { causedByEvent } from '@headwater/messaging';
import type { Tx } from '@headwater/platform';
import { conclude } from '../domain/decision';
import { leadFacts } from '../domain/lead-facts';
import { firstStatus, type LeadStatus } from '../domain/lead-status';
import { move } from '../domain/move';
import type { CompiledRules } from '../domain/nurturing/compile-rules';
import { followNews } from '../domain/nurturing/find-entry';
import type { News } from '../domain/nurturing/told-facts';
import { FollowMerges } from '../follow-merges';
import { RecordDecisions, type Recorded } from '../record-decisions';
import { StatusesStore, type Locked } from '../store/statuses.store';
import { ToldFactsStore, type ToldFacts } from '../store/told-facts.store';
import { nameOf } from './follow-nurturing';
import { NurtureRulesInForce } from './rules-in-force';

const SYSTEM = 'system';

/** What an event tells of a lead. */
interface Heard extends News { event: Envelope }

/** News of a lead that is locked. @property before as it was */
interface Concerned { lead: Locked; before: LeadStatus; news: readonly Heard[] }

/** Enrols open leads by rule: when a score, or what intake tells of a lead, is such that a condition begins to hold. */
@Injectable()
export class EnrolOpenLeads {
  constructor(
    private readonly rules: NurtureRulesInForce, private readonly facts: ToldFactsStore, private readonly statuses: StatusesStore,
    private readonly decisions: RecordDecisions, private readonly merges: FollowMerges,
  ) {}

  /** Nothing is asked of tenants without such rules. @param changes of leads that are locked, with their newest scores */
  async fromScores(tx: Tx, changes: readonly { before: LeadStatus; lead: Locked }[], events: readonly Envelope<LeadScoredData>[]): Promise<void> {
    const concerned = changes.filter(({ lead }) => this.rules.mayEnrolOpen(lead.tenant_id)).map((change) => {
      const event = newestOf(events.filter(({ tenantid, data }) => tenantid === change.lead.tenant_id && data.score.lead_id === change.lead.lead_id));
      return { ...change, news: [heardOf(event, event.data.lead, [])] };
    });
    if (concerned.length > 0) await this.follow(tx, concerned, await this.rules.current(tx, concerned.map(({ lead }) => lead.tenant_id)));
  }

  /** Leads are held of tenants alone whose rules ask for what intake tells. */
  async fromIntake(events: Envelope<LeadUpdatedData>[], tx: Tx): Promise<void> {
    const rules = await this.rules.current(tx, events.map(({ tenantid }) => tenantid));
    const asked = events.filter(({ tenantid }) => rules(tenantid).factsOfOpen.length > 0);
    if (asked.length === 0) return;
    const ofLeads = new Map<string, Envelope<LeadUpdatedData>[]>();
    for (const event of asked) {
      const lead = nameOf({ tenant_id: event.tenantid, lead_id: event.data.lead.lead_id });
      ofLeads.set(lead, [...ofLeads.get(lead) ?? [], event]);
    }
    const held = await this.statuses.hold(tx, [...ofLeads.values()].map(([{ tenantid, data }]) => firstStatus(tenantid, data.lead)));
    const asItStands = await this.merges.followLate(tx, held, causedByEvent(asked[0]));
    await this.follow(tx, held.map(asItStands).map((lead) => {
      const news = (ofLeads.get(nameOf(lead)) ?? []).map((event) => heardOf(event, event.data.lead, event.data.changed));
      return { lead, before: lead, news };
    }), rules);
  }

  private async follow(tx: Tx, concerned: readonly Concerned[], rules: (tenant: string) => CompiledRules): Promise<void> {
    const asked = concerned.filter(({ lead }) => lead.primary_id === null && lead.converted === null)
      .map((one) => ({ ...one, rules: rules(one.lead.tenant_id) })).filter((one) => one.rules.ofOpen.length > 0);
    if (asked.length === 0) return;
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

/**
 * A lead that somebody holds, to convert or merge it, stays as it is. What was kept by other rules says nothing: what changed before these were put
 * enrols nobody.
 */
function findEntry(
  { lead: { now, ...lead }, before, news, rules }: Concerned & { rules: CompiledRules }, known: ToldFacts | null,
): { kept: ToldFacts | null; entry: Recorded | null } {
  const present = known?.rules_version === rules.version ? known : null;
  const isNew = known === null && before.scoring_revision === 0;
  const { kept, entry } = followNews(rules, isNew ? null : before, lead.reservation_token === null ? lead : null, present, news, now);
  const by = { actor: SYSTEM, at: now };
  const { tenant_id, lead_id } = lead;
  return {
    kept: kept && rules.factsOfOpen.length > 0 ? { ...kept, tenant_id, lead_id, rules_version: rules.version } : null,
    entry: entry && {
      decision: conclude(lead, move(lead, [{ to: 'nurturing', cause: 'nurture_rule', notes: entry.terms.because }], by), [], by),
      cause: causedByEvent(entry.by.event), enrolment: entry.terms,
    },
  };
}

const heardOf = (event: Envelope, lead: IntakeState, changed: readonly string[]): Heard =>
  ({ event, revision: lead.revision, facts: leadFacts(lead), changed });

const newestOf = (events: readonly Envelope<LeadScoredData>[]): Envelope<LeadScoredData> =>
  events.reduce((newest, event) => (event.data.lead.revision > newest.data.lead.revision ? event : newest));
