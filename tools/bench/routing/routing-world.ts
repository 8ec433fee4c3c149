import { seal, STREAM } from '@headwater/messaging';
import { eventSubject, LeadScored, type NewEvent, type RoutingSetup } from '@headwater/contracts';
import type { System } from '../../instance/system';
import type { Tenant } from '../../instance/tenant';

/** How large the world is that leads are routed in. */
export interface WorldSize { reps: number; rules: number; territories: number }

/** Above the ids of leads that are really there. */
const FIRST_LEAD = 4_000_000_000;
const REPS_IN_A_TEAM = 25;
const COUNTRIES = ['DE', 'US', 'FR', 'IT', 'ES', 'GB', 'NL', 'PL', 'SE', 'BR'];
const IN_FLIGHT = 256;
let leads = 0;

/** A setup of so many reps in teams of 25, and rules of two conditions each, of which the last ones send nobody anywhere by accident. */
export function setupOf({ reps, rules }: WorldSize): RoutingSetup {
  const teams = Math.ceil(reps / REPS_IN_A_TEAM);
  const users = Array.from({ length: reps }, (_, i) => `rep-${i}`);
  const pools = Array.from({ length: teams }, (_, i) => ({
    name: `Pool ${i}`, strategy: i % 4 === 3 ? 'weighted' : 'round_robin', members: users.slice(i * REPS_IN_A_TEAM, (i + 1) * REPS_IN_A_TEAM),
  }));
  return {
    teams: Array.from({ length: teams }, (_, i) => ({ name: `Team ${i}` })),
    reps: users.map((user_id, i) => ({ user_id, name: `Rep ${i}`, team: `Team ${Math.floor(i / REPS_IN_A_TEAM)}`, weight: 1 + (i % 3) })),
    pools,
    rule_set: {
      rules: Array.from({ length: rules }, (_, i) => ({
        name: `Rule ${i}`, pool: pools[i % teams]!.name,
        when: { all: [{ field: 'custom_fields.segment', op: 'eq', value: `segment ${i}` }, { field: 'employees', op: 'gte', value: 1 }] },
      })),
      default: { pool: 'Pool 0' },
    },
  };
}

/** So many territories of a tenant, by postal code within countries, each with its owner. */
export async function addTerritories({ database }: System, tenant: string, count: number): Promise<void> {
  await database.query(`
    insert into routing.territory (tenant_id, name, postal, owner_ids)
    select $1, 'Territory ' || n,
      jsonb_build_array(jsonb_build_object('country', ($3::text[])[1 + n % 10], 'from', lpad(n::text, 5, '0'), 'to', lpad(n::text, 5, '0'))),
      array[(select min(id) + n % 100 from routing.rep where tenant_id = $1)]
    from generate_series(1, $2::int) as n`, [tenant, count, COUNTRIES]);
  await database.query(`
    insert into routing.people_version as p (tenant_id, version) values ($1, 1) on conflict (tenant_id) do update set version = p.version + 1`, [tenant]);
}

export const newLead = (): number => FIRST_LEAD + (leads += 1);

/** A lead's first score, as scoring would say it. Every so many leads no rule holds. */
export function scoredLead(tenant: string, lead_id: number, rules: number): NewEvent {
  const now = new Date().toISOString();
  const score = { total_score: 40, behavioral_score: 20, demographic_score: 20, grade: 'C' as const, temperature: 'cold' as const };
  const state = { lead_id, revision: 1, effective: score, computed: score, is_hot: false, hot_reasons: [], mql: false, model_version: 1, scored_at: now };
  const segment = lead_id % (rules + 1);
  const profile = {
    company_name: 'TechCorp Inc', job_title: 'CTO', industry: 'technology', employees: 250, country: COUNTRIES[lead_id % 10]!,
    postal_code: String(lead_id % 5_000).padStart(5, '0'), tags: [], custom_fields: { segment: `segment ${segment}` },
  };
  return LeadScored.ofLead(tenant, state, {
    score: state, contributions: [],
    lead: {
      lead_id, revision: 1, created_at: now, updated_at: now, profile, facts: {}, attribution: { source: 'web', channel: 'direct', entry: 'api' },
    },
  });
}

/** Publishes events in the order given, so many at a time. @param again how many of them come twice */
export async function publishScores({ connection }: System, events: readonly NewEvent[], { again = 0 } = {}): Promise<void> {
  const stream = connection.jetstream();
  const copies = [...events, ...events.slice(0, again)];
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let at = next++; at < copies.length; at = next++) {
      const event = copies[at]!;
      const envelope = seal('scoring', event, { correlationId: 'bench' });
      await stream.publish(eventSubject(LeadScored, event.tenant, 'live'), JSON.stringify(envelope), { msgID: `${envelope.id}`, expect: { streamName: STREAM } });
    }
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, worker));
}

/** Writes people, pools and rules. */
export async function setUp({ api }: Pick<Tenant, 'api'>, size: WorldSize, change: (setup: RoutingSetup) => void = () => undefined): Promise<void> {
  const setup = setupOf(size);
  change(setup);
  await api.send('PUT', '/api/v1/crm/routing/setup', setup);
}
