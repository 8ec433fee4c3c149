import { Injectable } from '@nestjs/common';
import { NurtureEnrolled, NurtureExited, NurtureStageChanged, type NewEvent, type Transition } from '@headwater/contracts';
import { Outbox, type Cause } from '@headwater/messaging';
import type { Tx } from '@headwater/platform';
import type { Decision } from '../domain/decision';
import type { By, LeadStatus } from '../domain/lead-status';
import type { CompiledRules } from '../domain/nurturing/compile-rules';
import { asPartOfAnother, endEnrolment, enrolmentView, startEnrolment, type Enrolment, type Exit, type Terms } from '../domain/nurturing/enrolment';
import { heldBy } from '../domain/nurturing/find-exit';
import { EnrolmentsStore } from '../store/enrolments.store';
import type { LeadKey, Locked } from '../store/statuses.store';
import { NurtureMetrics } from './nurture-metrics';
import { NurtureRulesInForce } from './rules-in-force';

/** A decision that is being recorded, and what was said of the nurturing that begins or ends by it. */
export interface Nurturing { decision: Decision; cause: Cause; enrolment?: Terms; exit?: Exit }

interface Changed { before: Enrolment | null; after: Enrolment; lead: LeadStatus; cause: Cause }

/** Keeps enrolments in step with statuses: whatever takes a lead to the nurtured enrols it, and whatever takes it away ends that. */
@Injectable()
export class FollowNurturing {
  constructor(
    private readonly enrolments: EnrolmentsStore, private readonly rules: NurtureRulesInForce, private readonly metrics: NurtureMetrics,
    private readonly outbox: Outbox,
  ) {}

  /** Nothing is asked where no lead comes or goes. @param entries of leads that are locked */
  async follow(tx: Tx, entries: readonly Nurturing[]): Promise<void> {
    const moved = entries.filter(({ decision: { transitions } }) => transitions.some(({ from, to }) => from === 'nurturing' || to === 'nurturing'));
    if (moved.length === 0) return;
    const latest = await this.latest(tx, moved.map(({ decision }) => decision.lead));
    const rules = await this.rules.current(tx, moved.map(({ decision }) => decision.lead.tenant_id));
    await this.write(tx, moved.flatMap((entry) => {
      const { lead } = entry.decision;
      const change = changeOf(entry, latest.get(nameOf(lead)) ?? null, rules(lead.tenant_id));
      return change ? [change] : [];
    }));
  }

  /** Leads that begin with being nurtured, as some forms have it. Of one that was enrolled before, nothing follows. @param leads which are locked */
  async begin(tx: Tx, leads: readonly Locked[], causeOf: (lead: LeadKey) => Cause): Promise<void> {
    if (leads.length === 0) return;
    const latest = await this.latest(tx, leads);
    const rules = await this.rules.current(tx, leads.map(({ tenant_id }) => tenant_id));
    await this.write(tx, leads.filter((lead) => !latest.has(nameOf(lead))).map((lead) => ({
      before: null, lead, cause: causeOf(lead),
      after: start(lead, null, { because: 'what it came in by begins with it' }, rules(lead.tenant_id), { actor: 'system', at: lead.in_status_since }),
    })));
  }

  /** Leads that are part of others wait for no day; those that are their own again do. @param leads locked, merged or not */
  async followTies(tx: Tx, leads: readonly LeadStatus[]): Promise<void> {
    const nurtured = leads.filter(({ status }) => status === 'nurturing');
    if (nurtured.length === 0) return;
    const latest = await this.latest(tx, nurtured);
    await this.enrolments.write(tx, nurtured.flatMap((lead) => {
      const enrolment = latest.get(nameOf(lead));
      if (!enrolment || enrolment.exited_at !== null) return [];
      const after = asPartOfAnother(enrolment, lead.primary_id !== null);
      return after.next_at === enrolment.next_at ? [] : [after];
    }));
  }

  /** How leads are nurtured that others bring along: each as the one of its own that comes back first. @param families which are locked. @returns by `tenant lead` */
  async inherited(tx: Tx, families: readonly { lead: LeadStatus; members: readonly LeadStatus[] }[]): Promise<Map<string, Terms>> {
    if (families.length === 0) return new Map();
    const latest = await this.latest(tx, families.flatMap(({ members }) => members));
    return new Map(families.map(({ lead, members }) => [nameOf(lead), termsOfFirst(members.flatMap((member) => latest.get(nameOf(member)) ?? []))]));
  }

  /** Writes what has become of enrolments, and tells of it; of leads that are part of others nobody is told. */
  async write(tx: Tx, changes: readonly Changed[]): Promise<void> {
    await this.enrolments.write(tx, changes.map(({ after }) => after));
    await this.outbox.add(tx, changes.filter(({ lead }) => lead.primary_id === null).flatMap((change) =>
      eventOf(change).map((event) => ({ event, cause: change.cause }))));
    tx.afterCommit(() => this.metrics.changed(changes));
  }

  /** By `tenant lead`. */
  async latest(tx: Tx, leads: readonly LeadKey[]): Promise<Map<string, Enrolment>> {
    return new Map((await this.enrolments.latest(tx, leads)).map((enrolment) => [nameOf(enrolment), enrolment]));
  }
}

export const nameOf = ({ tenant_id, lead_id }: LeadKey): string => `${tenant_id} ${lead_id}`;

function termsOfFirst(enrolments: readonly Enrolment[]): Terms {
  const open = enrolments.filter(({ exited_at }) => exited_at === null);
  const recycled = open.flatMap(({ stage, recycle_date, dates }) => dates.flatMap(({ name, at }) => (name === null ? [{ stage, recycle_date, recycle_at: at }] : [])))
    .sort((a, b) => Date.parse(a.recycle_at) - Date.parse(b.recycle_at));
  return { ...(recycled[0] ?? { stage: open[0]?.stage }), because: 'a lead that is nurtured was merged into it' };
}

function changeOf({ decision: { lead, transitions, by }, cause, enrolment, exit }: Nurturing, latest: Enrolment | null, rules: CompiledRules): Changed | null {
  const open = latest?.exited_at === null ? latest : null;
  if ((lead.status === 'nurturing') === (open !== null)) return null;
  const last = transitions.find(({ from, to }) => (open ? from : to) === 'nurturing') as Transition;
  const when = { actor: by.actor, at: last.at };
  if (open) return { before: open, after: endEnrolment(open, exit ?? exitBy(last), when), lead, cause };
  const terms = { because: `${last.cause}: ${last.from} → nurturing`, ...enrolment };
  return { before: null, after: start(lead, latest, terms, rules, when), lead, cause };
}

function start(lead: LeadStatus, latest: Enrolment | null, terms: Terms, rules: CompiledRules, by: By): Enrolment {
  const stage = terms.stage ?? rules.stage;
  const enrolment = startEnrolment(lead, (latest?.number ?? 0) + 1, terms, { rules, held: heldBy(rules, stage, lead) }, by);
  return lead.primary_id === null ? enrolment : asPartOfAnother(enrolment, true);
}

const exitBy = ({ cause, to }: Transition): Exit =>
  ({ kind: cause === 'merge' || cause === 'unmerge' ? 'merge' : 'person', trigger: null, because: `${cause}: nurturing → ${to}` });

function eventOf({ before, after, lead: { tenant_id, lead_id } }: Changed): NewEvent[] {
  const data = { lead_id, enrolment: enrolmentView(after) };
  if (!before) return [NurtureEnrolled.ofLead(tenant_id, { lead_id }, data)];
  if (after.exited_at !== null) return [NurtureExited.ofLead(tenant_id, { lead_id }, data)];
  return before.stage === after.stage ? [] : [NurtureStageChanged.ofLead(tenant_id, { lead_id }, { ...data, former_stage: before.stage })];
}
