import fc from 'fast-check';
import { v7 as uuidv7 } from 'uuid';
import { CaptureLeads, ChangeStatus, GetLeads, PutModel, PutSetup, QualifyLead, type NewEvent, type StatusPatch } from '@headwater/contracts';
import { captureItem, intakeState, startCell, takenIn, testTenant, zoneWhereItIsNoon, type Cell, type SealedEvent } from '@headwater/testing';
import type { ServiceDefinition } from '@headwater/platform';
import { intake } from '../../apps/intake/src/intake.module';
import { qualification } from '../../apps/qualification/src/qualification.module';
import { routing } from '../../apps/routing/src/routing.module';
import { defaultModel } from '../../apps/scoring/src/domain/default-model';
import { scoring } from '../../apps/scoring/src/scoring.module';
import {
  deliveries, deliveriesOfMerges, historyOf, historyOfMerge, type Delivery, type Happening, type Merging, type Pair,
} from './histories';

/** The same leads live in each of them; only how they hear of what happens differs. */
const TENANTS = ['straight', 'one-by-one', 'in-parts'] as const;
type Tenant = (typeof TENANTS)[number];

interface Listener {
  service: ServiceDefinition;
  hears: string[];
  prepare?: (cell: Cell) => Promise<unknown>;
  /** before a lead's history begins; answers its id where the service itself gives it */
  begin?: (cell: Cell, tenant: Tenant, lead_id: number, what: Happening) => Promise<number>;
  /** every table of what the service knows of a lead, as one row each; without ids, revisions of its own, and times */
  tables: string[];
  /** of two leads, one of which is merged into the other */
  merging?: {
    hears: string[];
    begin?: (cell: Cell, tenant: Tenant, lead_id: number, what: Happening) => Promise<unknown>;
    /** the same for the primary, and for the lead that is merged into it */
    primary: string[];
    other: string[];
  };
}

const MERGES = ['lead.merged', 'lead.unmerged'];
/** True of a lead that nobody is told of any more, which a merge has frozen as it was then. */
const IS_MERGED = 'exists (select from lead_tie tie where tie.tenant_id = $1 and tie.lead_id = $2 and tie.merged_into is not null)';

const forEachTenant = (prepare: (tenant: Tenant) => Promise<unknown>) => Promise.all(TENANTS.map(prepare));

const SCORE = [
  `select intake_revision, lead, converted, demographic, behavioral, computed, effective, override, is_hot, hot_reasons, mql, contributions
   from lead_score where tenant_id = $1 and lead_id = $2`,
  'select signal_id, type, at from signal where tenant_id = $1 and lead_id = $2 order by signal_id',
  'select pin, position from score_override where tenant_id = $1 and lead_id = $2 order by position',
  'select sum(demographic) as demographic, sum(behavioral) as behavioral from score_ledger where tenant_id = $1 and lead_id = $2',
];

const ASSIGNMENT = 'select intake_revision, facts, scoring_revision, score, converted from lead_assignment where tenant_id = $1 and lead_id = $2';
const RISES = 'select scoring_revision, rating, applied_at is not null as applied from rating_rise where tenant_id = $1 and lead_id = $2';
const routed = (unless: string): string => `
  select rep.user_id, lead_assignment.team_id, priority, priority_by, next_follow_up, awaits_routing,
    (select count(*) from decision where decision.tenant_id = $1 and decision.lead_id = $2 and cause not in ('merge', 'unmerge')) as decisions
  from lead_assignment left join rep on rep.id = owner_id
  where lead_assignment.tenant_id = $1 and lead_id = $2 and not (${unless})`;
/** Counted as they come and go, and counted at once. */
const LOAD = `
  select coalesce(sum(open_leads), 0)::int - (
    select count(*)::int from lead_assignment a where tenant_id = $1 and owner_id is not null and converted is null
      and not exists (select from lead_tie tie where tie.tenant_id = $1 and tie.lead_id = a.lead_id and tie.merged_into is not null)
  ) as wrong, $2::bigint > 0 as asked from rep_load where tenant_id = $1`;

/** Times are those of commands, which each tenant gave by itself. */
const STANDING = [
  `select status, lifecycle_stage, cycle, first_contacted_at is not null as contacted, qualified_at is not null as qualified, disqualification_reason,
     scoring_revision, score from lead_status where tenant_id = $1 and lead_id = $2`,
  `select coalesce((select to_status from transition where tenant_id = $1 and lead_id = $2 order by id desc limit 1), 'new') = status as told
   from lead_status where tenant_id = $1 and lead_id = $2`,
];

const LISTENERS: Listener[] = [
  {
    service: scoring,
    hears: ['lead.captured', 'lead.updated', 'lead.engaged', 'lead.qualified', 'lead.converted'],
    // Hysteresis remembers the way that a score went, which depends on how often it was looked at on the way.
    prepare: (cell) => forEachTenant((tenant) => cell.ask(PutModel, {
      context: cell.context({ tenant }), document: { ...defaultModel, bands: { ...defaultModel.bands, hysteresis: 0 } },
    })),
    tables: SCORE,
    merging: { hears: ['lead.captured', 'lead.updated', 'lead.engaged', 'lead.qualified', ...MERGES], primary: SCORE, other: SCORE },
  },
  {
    service: routing,
    hears: ['lead.scored', 'lead.rated', 'lead.converted'],
    prepare: (cell) => forEachTenant((tenant) => cell.ask(PutSetup, {
      context: cell.context({ tenant }),
      setup: {
        teams: [], reps: [{ user_id: 'ann', name: 'Ann', email: 'ann@example.com', time_zone: zoneWhereItIsNoon() }],
        pools: [{ name: 'All', strategy: 'round_robin', members: ['ann'] }], rule_set: { rules: [], default: { pool: 'All' } },
      },
    })),
    // A conversion freezes what was done by then: how far that was is a matter of time.
    tables: [ASSIGNMENT, routed('converted is not null'), `${RISES} order by scoring_revision`],
    merging: {
      hears: ['lead.scored', 'lead.rated', ...MERGES],
      primary: [ASSIGNMENT, routed('false'), `${RISES} order by scoring_revision`, LOAD],
      other: [ASSIGNMENT, routed(IS_MERGED), `${RISES} and not ${IS_MERGED} order by scoring_revision`],
    },
  },
  {
    service: qualification,
    hears: ['lead.captured', 'lead.scored', 'lead.touched', 'lead.converted'],
    prepare: async (cell) => {
      await cell.answer(GetLeads, ({ ids }) => ({ leads: ids.map((lead_id) => intakeState({ lead_id })) }));
    },
    begin: async (cell, tenant, lead_id, { fate }) => {
      if (fate !== 'disqualified') return lead_id;
      const patch = { status: 'disqualified', disqualification_reason: 'no_budget' } as const;
      await cell.ask(ChangeStatus, { context: cell.context({ tenant }), command_id: uuidv7(), lead_id, patch });
      return lead_id;
    },
    tables: [
      `select status, lifecycle_stage, cycle, first_contacted_at, qualified_at, disqualification_reason, converted,
         case when converted is null then scoring_revision end as scoring_revision, case when converted is null then score end as score
       from lead_status where tenant_id = $1 and lead_id = $2`,
      'select from_status, to_status, cause, actor, reason from transition where tenant_id = $1 and lead_id = $2 order by id',
    ],
    merging: {
      hears: ['lead.captured', 'lead.scored', 'lead.touched', ...MERGES],
      begin: async (cell, tenant, lead_id, { fate, overrides }) => {
        const context = cell.context({ tenant });
        const patch = (to: StatusPatch) => cell.ask(ChangeStatus, { context, command_id: uuidv7(), lead_id, patch: to });
        if (fate === 'disqualified') await patch({ status: 'disqualified', disqualification_reason: 'no_budget' });
        else if (overrides.length === 1) await patch({ status: 'contacted' });
        else if (overrides.length === 2) await cell.ask(QualifyLead, { context, lead_id, body: { qualified: true } });
      },
      primary: STANDING, other: STANDING,
    },
  },
  {
    service: intake,
    hears: ['lead.converted'],
    begin: async (cell, tenant) => {
      const item = captureItem({ last_name: 'Byron', email: `${uuidv7()}@example.com` }, { tenant });
      const { results: [result] } = await cell.ask(CaptureLeads, { items: [item], tenants: { [tenant]: testTenant(tenant) } });
      return takenIn(result).lead.lead_id;
    },
    tables: [
      'select revision, converted from lead where tenant_id = $1 and id = $2',
      'select kind, exclusive from match_key where tenant_id = $1 and lead_id = $2 order by kind',
      `select count(*) as told from outbox where envelope->>'tenantid' = $1 and envelope->>'leadid' = $2::text and envelope->>'type' = 'lead.updated'`,
    ],
  },
];

const RUNS = 2;
/** Each of some twenty parts is settled before the next: seconds, and many of them where others are at work. */
const HANGS_AFTER_MS = 120_000;
const HISTORIES = 12;

/** A lead of one tenant, and the parts in which it is heard of. */
interface Told { tenant: Tenant; lead_id: number; parts: SealedEvent[][] }

describe.each(LISTENERS.map((listener) => ({ name: listener.service.name, ...listener })))('$name', ({ service, hears, prepare, begin, tables, merging }) => {
  const isHeard = ({ definition }: NewEvent): boolean => hears.includes(definition.type);
  let cell: Cell;
  let lastId = 0;
  beforeAll(async () => {
    cell = await startCell({ services: [service] });
    await prepare?.(cell);
  });
  afterAll(() => cell.stop());

  async function tell(what: Happening, tenant: Tenant, id: number, delivery?: Delivery): Promise<Told> {
    const lead_id = (await begin?.(cell, tenant, id, what)) ?? id;
    const history = cell.seal(historyOf(what, tenant, lead_id).filter(isHeard));
    return { tenant, lead_id, parts: delivery ? delivery.parts.map((part) => part.map((i) => history[i])) : history.map((event) => [event]) };
  }

  /** One part of each after the other: what is handled together is only what is delivered together. */
  async function deliver(told: Told[]): Promise<void> {
    for (let step = 0; told.some(({ parts }) => step < parts.length); step += 1) {
      await cell.deliver(told.flatMap(({ parts }) => parts[step] ?? []));
      await cell.settled();
    }
  }

  const rowsOf = (queries: string[], tenant: Tenant, lead_id: number): Promise<unknown[][]> =>
    Promise.all(queries.map((sql) => cell.rows(service.name, sql, [tenant, lead_id])));
  const known = ({ tenant, lead_id }: Told): Promise<unknown[][]> => rowsOf(tables, tenant, lead_id);

  it('comes to the same, in whatever order and however often it hears of what happened', async () => {
    await fc.assert(fc.asyncProperty(fc.array(deliveries(isHeard), { minLength: HISTORIES, maxLength: HISTORIES }), async (histories) => {
      const leads = await Promise.all(histories.map(({ what, oneByOne, inParts }) => {
        const id = (lastId += 1);
        return Promise.all([tell(what, 'straight', id), tell(what, 'one-by-one', id, oneByOne), tell(what, 'in-parts', id, inParts)]);
      }));
      await deliver(leads.flat());
      for (const [straight, ...others] of leads) {
        const expected = await known(straight);
        for (const other of others) expect(await known(other)).toEqual(expected);
      }
    }), { numRuns: RUNS });
  }, HANGS_AFTER_MS);

  if (!merging) return;

  it('comes to the same for leads that are merged, and set apart again', async () => {
    const concerns = ({ definition }: NewEvent): boolean => merging.hears.includes(definition.type);
    const tellOfMerge = async (what: Merging, tenant: Tenant, pair: Pair, delivery?: Delivery): Promise<Told> => {
      await merging.begin?.(cell, tenant, pair.primary, what.primary);
      await merging.begin?.(cell, tenant, pair.other, what.other);
      const history = cell.seal(historyOfMerge(what, tenant, pair).filter(concerns));
      return { tenant, lead_id: pair.primary, parts: delivery ? delivery.parts.map((part) => part.map((i) => history[i])) : history.map((event) => [event]) };
    };
    const knownOf = async (tenant: Tenant, { primary, other }: Pair) =>
      [await rowsOf(merging.primary, tenant, primary), await rowsOf(merging.other, tenant, other)];

    await fc.assert(fc.asyncProperty(fc.array(deliveriesOfMerges(concerns), { minLength: HISTORIES, maxLength: HISTORIES }), async (histories) => {
      const pairs = histories.map((): Pair => ({ primary: (lastId += 1), other: (lastId += 1) }));
      const told = await Promise.all(histories.map(({ what, oneByOne, inParts }, i) => Promise.all([
        tellOfMerge(what, 'straight', pairs[i]), tellOfMerge(what, 'one-by-one', pairs[i], oneByOne), tellOfMerge(what, 'in-parts', pairs[i], inParts),
      ])));
      await deliver(told.flat());
      for (const pair of pairs) {
        const expected = await knownOf('straight', pair);
        for (const tenant of TENANTS) expect(await knownOf(tenant, pair)).toEqual(expected);
      }
    }), { numRuns: 1 });
  }, HANGS_AFTER_MS);
});
