import { Injectable } from '@nestjs/common';
import type { AssessmentView, Transition } from '@headwater/contracts';
import { Database, type Tx } from '@headwater/platform';
import type { OutcomeKind } from '../domain/reservation';
import { BELONGING } from './belonging';
import type { LeadKey } from './statuses.store';

/** What a converter asks for: each lead under a token of its own. */
export interface Reservation extends LeadKey { token: string; lease_seconds: number }

export interface History { transitions: Transition[]; assessment: AssessmentView | null }

/** Every query over the reservations of several conversions at once. */
@Injectable()
export class ReservationsStore {
  constructor(private readonly database: Database) {}

  /** The next leads, of all tenants, whose reservation's time is over. */
  expired(after: number, limit: number): Promise<LeadKey[]> {
    return this.database.query<LeadKey>(`
      select tenant_id, lead_id from lead_status where lease_until <= now() and lead_id > $1 order by lead_id limit $2`, [after, limit]);
  }

  /** How the reservation of each token ended; null while it hasn't. Exact under the locks of the leads. */
  async ended(tx: Tx, asked: Reservation[]): Promise<(OutcomeKind | null)[]> {
    const rows = await tx.query<{ outcome: OutcomeKind | null }>(`
      select outcome from unnest($1::text[], $2::bigint[], $3::text[]) with ordinality as asked(tenant_id, lead_id, token, i)
      left join settlement using (tenant_id, lead_id, token) order by i`, columnsOf(asked));
    return rows.map(({ outcome }) => outcome);
  }

  /** Reserves locked leads, or renews their own reservations. */
  async reserve(tx: Tx, leads: Reservation[]): Promise<void> {
    if (leads.length === 0) return;
    await tx.query(`
      update lead_status as present
      set reservation_token = lead.token, reservation_holder = 'conversion', lease_until = now() + make_interval(secs => lead.seconds)
      from unnest($1::text[], $2::bigint[], $3::text[], $4::float8[]) as lead(tenant_id, lead_id, token, seconds)
      where present.tenant_id = lead.tenant_id and present.lead_id = lead.lead_id`,
    [...columnsOf(leads), leads.map(({ lease_seconds }) => lease_seconds)]);
  }

  /**
   * How leads came to where they are, oldest first, and what was decided about them last, with where they stood when they were judged
   * last, themselves or as a lead that was merged into them; by `tenant lead`.
   */
  async histories(tx: Tx, leads: Reservation[]): Promise<Map<string, History>> {
    if (leads.length === 0) return new Map();
    const rows = await tx.query<LeadKey & { transition: Transition; assessment: null } | LeadKey & { transition: null; assessment: AssessmentView }>(`
      ${BELONGING}
      select asked.tenant_id, asked.lead_id, jsonb_build_object('from', from_status, 'to', to_status, 'cause', cause, 'actor', actor, 'reason', reason,
        'notes', notes, 'at', ${INSTANT}, 'ms_in_previous', ms_in_previous) as transition, null as assessment, id
      from ${ASKED} join transition using (tenant_id, lead_id)
      union all
      (select distinct on (tenant_id, root) tenant_id, root, null, jsonb_build_object('id', id, 'qualified', qualified, 'reason', reason, 'notes', notes,
        'by', by, 'at', ${INSTANT}, 'summary', first_value(summary) over (
          partition by tenant_id, root order by summary is null, assessment.at desc, id desc)), id
      from belonging join assessment using (tenant_id, lead_id)
      order by tenant_id, root, qualified is null, assessment.at desc, id desc)
      order by id`, [leads.map(({ tenant_id }) => tenant_id), leads.map(({ lead_id }) => lead_id)]);
    const histories = new Map(leads.map((lead): [string, History] => [nameOf(lead), { transitions: [], assessment: null }]));
    for (const { transition, assessment, ...lead } of rows) {
      const history = histories.get(nameOf(lead))!;
      if (transition) history.transitions.push(transition);
      else if (assessment.qualified !== null) history.assessment = assessment;
    }
    return histories;
  }
}

const INSTANT = `to_char(at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
const ASKED = 'unnest($1::text[], $2::bigint[]) as asked(tenant_id, lead_id)';

const nameOf = ({ tenant_id, lead_id }: LeadKey): string => `${tenant_id} ${lead_id}`;
const columnsOf = (leads: Reservation[]): [string[], number[], string[]] =>
  [leads.map(({ tenant_id }) => tenant_id), leads.map(({ lead_id }) => lead_id), leads.map(({ token }) => token)];
