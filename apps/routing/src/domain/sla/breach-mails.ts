import { NotificationRequested, type Named, type NewEvent, type SlaPolicy } from '@headwater/contracts';
import type { Assignment } from '../assignment';
import { daysAfter } from '../calendar';
import type { Clock } from './clock';

const GOOD_FOR_DAYS = 2;

export interface Manager { readonly name: string; readonly email: string | null }

/** Who is told that a lead's time is over: its owner, and the managers of its team where the policy says so. Each address once. */
export function breachMails(
  clock: Clock, { owner, team, facts }: Assignment, policy: SlaPolicy | null, managers: readonly Manager[],
): NewEvent[] {
  const { tenant, lead_id, number, due_at } = clock;
  const due = new Date(due_at).toISOString();
  const told = policy?.escalation?.tell_managers === false ? [] : managers;
  const addresses = new Set([owner?.email, ...told.map(({ email }) => email)].filter((email): email is string => Boolean(email)));
  const named: Named | null = owner && { id: owner.id, name: owner.name };
  return [...addresses].map((to) => NotificationRequested.of(tenant, lead_id, {
    kind: 'sla_breached', to,
    data: { lead_id, company_name: facts?.company_name ?? null, policy: clock.policy, due_at: due, owner: named, team },
    dedupe_key: `sla_breached:${lead_id}:${number}:${to}`, expires_at: daysAfter(due, GOOD_FOR_DAYS),
  }, { leadId: lead_id }));
}
