import {
  GetSla, LeadContacted, LeadDisqualified, LeadNurtured, LeadQualified, LeadReopened, PutSlaPolicies,
  type NewEvent, type QualificationState, type SlaClockData, type SlaClockView, type SlaPolicies, type Status, type Transition,
} from '@headwater/contracts';
import type { RoutingCell } from './routing-cell';

const EVENTS = { contacted: LeadContacted, qualified: LeadQualified, nurturing: LeadNurtured, disqualified: LeadDisqualified, new: LeadReopened };

export const ago = (ms: number): string => new Date(Date.now() - ms).toISOString();

/** One policy for all leads: within a minute, around the clock. */
export const withinAMinute = (more: Partial<SlaPolicies['policies'][number]> = {}): SlaPolicies => ({
  policies: [{ name: 'at once', target_minutes: 1, calendar: 'around_the_clock', ...more }], choices: [{ policy: 'at once' }],
});

/** What qualification says of a lead that went into a status, and through others on the way. */
export function became(
  tenant: string, lead_id: number, to: keyof typeof EVENTS, at: string, { revision = 2, from = 'new', cause = 'patch', ms_in_previous = 0, ...more }: Partial<QualificationState> & Partial<Pick<Transition, 'from' | 'cause' | 'ms_in_previous'>> = {},
): NewEvent {
  const step = (former: Status, next: Status): Transition => ({ from: former, to: next, cause, actor: 'x', at, ms_in_previous });
  const transitions = to === 'qualified' ? [step('new', 'contacted'), step('contacted', 'qualified')] : [step(from, to)];
  const qualification: QualificationState = {
    lead_id, revision, status: to, lifecycle_stage: 'lead', cycle: 1, in_status_since: at,
    first_contacted_at: to === 'contacted' || to === 'qualified' ? at : null, ...more,
  };
  return EVENTS[to].ofLead(tenant, qualification, { qualification, transitions });
}

export async function clocks({ cell }: RoutingCell, tenant: string, lead_id: number): Promise<SlaClockView[]> {
  return (await cell.ask(GetSla, { context: cell.context({ tenant }), lead_id })).clocks;
}

export const putPolicies = ({ cell }: RoutingCell, tenant: string, document: unknown) =>
  cell.ask(PutSlaPolicies, { context: cell.context({ tenant }), document });

export const told = (world: RoutingCell, tenant: string, what: string): SlaClockData[] =>
  world.events<SlaClockData>(tenant, `sla.${what}`).map(({ data }) => data);

/** Lets time pass for the leads of a tenant: everything about them happened so much earlier. */
export async function age({ cell }: RoutingCell, tenant: string, by: string): Promise<void> {
  const moments = ['started_at', 'opens_at', 'warn_at', 'due_at', 'warned_at', 'breached_at', 'contacted_at', 'ended_at', 'paused_at', 'next_at'];
  await cell.rows('routing', 'update sla_reassignment set at = at - $2::interval where tenant_id = $1', [tenant, by]);
  await cell.rows('routing', 'update lead_assignment set routed_at = routed_at - $2::interval where tenant_id = $1', [tenant, by]);
  // The clocks last: the sweep sees them at once, and looks at the others then.
  await cell.rows('routing', `update sla_clock set ${moments.map((name) => `${name} = ${name} - $2::interval`).join(', ')} where tenant_id = $1`, [tenant, by]);
}
