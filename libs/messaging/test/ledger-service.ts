import { Controller, Injectable, Module } from '@nestjs/common';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import {
  defineRequest, DomainError, LeadEngaged, LeadRouted, LeadScored, LeadSignalled, LeadTouched,
  type Envelope, type LeadEngagedData, type LeadScoredData, type LeadSignalledData, type LeadTouchedData,
  type NewEvent, type Service,
} from '@headwater/contracts';
import { Database, type ServiceDefinition, type Tx } from '@headwater/platform';
import type { Cell } from '@headwater/testing';
import { Answers, MessagingModule, messagingMigrations, on, type Handler, type Subscriptions } from '../src';

/** How long an event with the signal `slow` takes to be handled. */
export const SLOW_SECONDS = 10;

/** What it waits for before it writes a signal down, or answers a tenant: as long as a test says. */
export const waitsFor = new Map<string, Promise<void>>();

/** How many questions have come to a replica that runs in this process. */
export const heard = { questions: 0 };

/** A tenant whom what leads do doesn't concern. */
export const UNCONCERNED = 'unconcerned';

/** A service that does nothing but write down what it was told: enough to see how messages arrive. */
@Injectable()
class LedgerSubscriptions implements Subscriptions {
  list() {
    const alike: Handler<LeadSignalledData | LeadTouchedData> = (events, tx) => this.writeAlike(events, tx);
    return [
      on(LeadSignalled, alike),
      on(LeadTouched, alike, { matters: ({ raised_hand }) => raised_hand }),
      on(LeadEngaged, (events, tx) => this.writeFacts(events, tx), { concerns: (tenant) => tenant !== UNCONCERNED }),
      on(LeadScored, (events, tx) => this.keepNewest(events, tx)),
    ];
  }

  private async writeFacts(events: Envelope<LeadEngagedData>[], tx: Tx): Promise<void> {
    const signals = new Set(events.map(({ data }) => data.signal));
    if (signals.has('poison')) throw new Error('this one can not be handled');
    if (signals.has('deadly')) process.kill(process.pid, 'SIGKILL');
    if (signals.has('slow')) await tx.query('select pg_sleep($1)', [SLOW_SECONDS]);
    await Promise.all(events.map(({ data }) => waitsFor.get(data.signal_id)));
    await tx.query('insert into fact (signal_id) select unnest($1::text[])', [events.map(({ data }) => data.signal_id)]);
  }

  private async writeAlike(events: Envelope<LeadSignalledData | LeadTouchedData>[], tx: Tx): Promise<void> {
    const ids = events.map(({ data }) => ('signals' in data ? data.signals[0]!.signal_id : data.submission_id));
    if (ids.some((id) => id.includes('poison'))) throw new Error('this one can not be handled');
    await tx.query('insert into fact (signal_id) select unnest($1::text[])', [ids]);
  }

  private async keepNewest(events: Envelope<LeadScoredData>[], tx: Tx): Promise<void> {
    await tx.query(`
      insert into state (lead_id, revision) select * from unnest($1::bigint[], $2::bigint[])
      on conflict (lead_id) do update set revision = excluded.revision where state.revision < excluded.revision`,
      [events.map(({ leadid }) => leadid), events.map(({ revision }) => revision)]);
  }
}

export const Refuse = defineRequest<{ code: string }, Record<string, never>>('routing', 'refuse');
export const Write = defineRequest<{ signal_id: string }, Record<string, never>>('routing', 'write');
/** Of each id a text of so many characters; that of `broken` is refused with all that it is asked for with. */
export const Tell = defineRequest<{ tenant: string; ids: number[] }, { told: { id: number; text: string }[]; asked: number }>('routing', 'tell');
export const BROKEN = -1;
export const Fail = defineRequest<Record<string, never>, Record<string, never>>('routing', 'fail');

@Controller()
class LedgerController {
  constructor(private readonly database: Database) {}

  @Answers(Write)
  async write({ signal_id }: { signal_id: string }): Promise<Record<string, never>> {
    await this.database.query('insert into fact (signal_id) values ($1)', [signal_id]);
    return {};
  }

  @Answers(Refuse)
  refuse({ code }: { code: string }): never {
    throw DomainError.conflict(code, 'No', { allowed: ['yes'] });
  }

  @Answers(Tell)
  async tell({ tenant, ids }: { tenant: string; ids: number[] }): Promise<{ told: { id: number; text: string }[]; asked: number }> {
    heard.questions += 1;
    await waitsFor.get(tenant);
    if (ids.includes(BROKEN)) throw DomainError.conflict('broken', 'One of them is');
    return { told: ids.map((id) => ({ id, text: 'x'.repeat(id) })), asked: ids.length };
  }

  @Answers(Fail)
  fail(): never {
    throw new Error('a fault of ours');
  }
}

/** Hears what the ledger publishes, and counts it. */
@Injectable()
class AudienceSubscriptions implements Subscriptions {
  list() {
    return [on(LeadRouted, async (events, tx) => {
      await tx.query('insert into fact (signal_id) select unnest($1::text[])', [events.map(({ subject }) => subject)]);
    }, { everyOne: true })];
  }
}

class CreateLedger1763773200001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('create table fact (signal_id text not null); create table state (lead_id bigint primary key, revision bigint not null)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table fact, state');
  }
}

@Module({ imports: [MessagingModule.for(LedgerSubscriptions)], controllers: [LedgerController], providers: [LedgerSubscriptions] })
class LedgerModule {}

/** It bears routing's name, because a service needs one that the contracts know. */
export const ledger: ServiceDefinition = {
  name: 'routing', module: LedgerModule, migrations: [...messagingMigrations, CreateLedger1763773200001],
};

@Module({ imports: [MessagingModule.for(AudienceSubscriptions)], providers: [AudienceSubscriptions] })
class AudienceModule {}

export const audience: ServiceDefinition = { ...ledger, name: 'qualification', module: AudienceModule };

export const routed = (lead_id: number, revision = 1) => LeadRouted.ofLead('demo', { lead_id, revision }, {
  assignment: { lead_id, revision, priority: 'normal' }, cause: 'rules',
});

export const engaged = (signal_id: string, signal = 'web_visit', tenant = 'demo'): NewEvent =>
  LeadEngaged.ofLead(tenant, { lead_id: 1 }, { lead_id: 1, signal_id, signal, at: '2026-11-22T10:00:00Z' });

/** Two kinds of events that are handled alike; a touch without a raised hand doesn't matter. */
export const signalled = (signal_id: string): NewEvent =>
  LeadSignalled.ofLead('demo', { lead_id: 1 }, { lead_id: 1, signals: [{ signal_id, type: 'demo_request', at: '2026-11-22T10:00:00Z' }] });
export const touched = (submission_id: string, raised_hand = true): NewEvent =>
  LeadTouched.ofLead('demo', { lead_id: 1 }, { lead_id: 1, submission_id, at: '2026-11-22T10:00:00Z', entry: 'form', channel: 'direct', raised_hand });

/** The facts that the ledger or its audience has counted more or less than once, of those it was told; none is right. */
export async function miscounted(cell: Cell, service: Service, told: string[]): Promise<object[]> {
  return cell.rows(service, `
    select told, count(fact.signal_id)::int as times from unnest($1::text[]) as told
    left join fact on fact.signal_id = told group by told having count(fact.signal_id) <> 1`, [told]);
}
