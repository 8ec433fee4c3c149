import { SERVICES } from '@headwater/contracts';
import type { Verdict } from './finding';

/** A statement whose rows, each one text `who`, must not be; `$1` is the tenant. */
export interface Check {
  verdict: Verdict;
  what: string;
  sql: string;
}

const EVERY_LEAD = `
  select 'lead ' || lead.id as who from intake.lead
  left join scoring.lead_score score on score.tenant_id = lead.tenant_id and score.lead_id = lead.id
  left join routing.lead_assignment assignment on assignment.tenant_id = lead.tenant_id and assignment.lead_id = lead.id
  left join qualification.lead_status status on status.tenant_id = lead.tenant_id and status.lead_id = lead.id
  where lead.tenant_id = $1`;

/** What has to hold in the tables when everything has settled. */
export const CHECKS: readonly Check[] = [
  { verdict: 'unscored', what: 'leads without a score', sql: `${EVERY_LEAD} and score.scored_at is null` },
  {
    verdict: 'unscored', what: 'scores of an older state of the lead',
    sql: `${EVERY_LEAD} and score.scored_at is not null and score.intake_revision < lead.revision`,
  },
  {
    verdict: 'unscored', what: 'forms that no score counts as a signal', sql: `
      select 'submission ' || form.id as who from intake.submission form
      where form.tenant_id = $1 and form.entry = 'form' and not exists (
        select from scoring.signal where tenant_id = $1 and lead_id = form.lead_id and signal_id = form.id::text)`,
  },
  {
    // Nobody of this tenant is ever inactive or at a cap: somebody was eligible for every lead.
    verdict: 'unrouted', what: 'leads without an owner, though somebody was eligible', sql: `${EVERY_LEAD} and assignment.owner_id is null`,
  },
  {
    verdict: 'unrouted', what: 'leads whose newest score routing has not heard of',
    sql: `${EVERY_LEAD} and assignment.owner_id is not null and assignment.scoring_revision < score.revision`,
  },
  { verdict: 'unsettled', what: 'leads without a status', sql: `${EVERY_LEAD} and status.status is null` },
  {
    verdict: 'unsettled', what: 'leads whose newest score qualification has not heard of',
    sql: `${EVERY_LEAD} and status.status is not null and status.scoring_revision < score.revision`,
  },
  {
    verdict: 'doubled', what: 'ledgers with a cause more often than it happened', sql: `
      select 'lead ' || lead.id || ': ' || line.lines || ' × ' || line.cause as who from intake.lead
      join (select lead_id, cause, count(*) as lines from scoring.score_ledger where tenant_id = $1 group by lead_id, cause) line
        on line.lead_id = lead.id
      where lead.tenant_id = $1 and line.lines > case line.cause
        when 'capture' then 1
        when 'update' then lead.revision - 1
        when 'signal' then (
          select count(*) from intake.submission form where form.tenant_id = $1 and form.lead_id = lead.id and form.entry = 'form')
        when 'decay' then 1e6 else 0 end`,
  },
  {
    verdict: 'doubled', what: 'ledgers that do not sum to the score', sql: `
      select 'lead ' || score.lead_id as who from scoring.lead_score score
      left join scoring.score_ledger line on line.tenant_id = score.tenant_id and line.lead_id = score.lead_id
      where score.tenant_id = $1 and score.scored_at is not null
      group by score.tenant_id, score.lead_id, score.demographic, score.behavioral
      having coalesce(sum(line.demographic), 0) <> score.demographic or coalesce(sum(line.behavioral), 0) <> score.behavioral`,
  },
  {
    verdict: 'doubled', what: 'decisions beyond one per lead', sql: `
      select 'lead ' || lead_id || ': ' || string_agg(key, ', ') as who from routing.decision
      where tenant_id = $1 group by lead_id having count(*) > 1`,
  },
  {
    verdict: 'doubled', what: 'owners who are not the ones that were decided on', sql: `
      select 'lead ' || assignment.lead_id as who from routing.lead_assignment assignment
      left join routing.decision on decision.tenant_id = $1 and decision.id = assignment.decision_id
      where assignment.tenant_id = $1 and assignment.owner_id is distinct from (decision.picked->>'id')::bigint`,
  },
  {
    verdict: 'doubled', what: 'rotation counters that are not the picks', sql: `
      select pool.name || ', ' || rep.name || ': ' || member.picks || ' counted, ' || picked.times || ' picked' as who
      from routing.pool_member member
      join routing.pool on pool.id = member.pool_id
      join routing.rep on rep.id = member.rep_id
      cross join lateral (
        select count(*) as times from routing.decision
        where tenant_id = $1 and pool = pool.name and (picked->>'id')::bigint = rep.id) picked
      where member.tenant_id = $1 and member.picks <> picked.times`,
  },
  {
    verdict: 'doubled', what: 'open leads that are not counted as many as they are', sql: `
      select rep.name || ': ' || coalesce(load.open_leads, 0) || ' counted, ' || owned.leads || ' owned' as who
      from routing.rep
      left join routing.rep_load load on load.rep_id = rep.id
      cross join lateral (
        select count(*) as leads from routing.lead_assignment where tenant_id = $1 and owner_id = rep.id and converted is null) owned
      where rep.tenant_id = $1 and coalesce(load.open_leads, 0) <> owned.leads`,
  },
  {
    verdict: 'other', what: 'dead letters', sql: SERVICES.map((service) => `
      select '${service}: ' || subscription || ' ' || split_part(error, chr(10), 1) as who from ${service}.dead_letter
      where tenant_id = $1 or tenant_id is null`).join(' union all '),
  },
];
