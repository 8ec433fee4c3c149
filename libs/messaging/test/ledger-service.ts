import { Controller, Injectable, Module } from '@nestjs/common';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import {
  defineRequest, DomainError, LeadEngaged, LeadRouted, LeadScored, type Envelope, type LeadEngagedData, type LeadScoredData,
} from '@headwater/contracts';
import type { ServiceDefinition, Tx } from '@headwater/platform';
import { Answers, CreateMessaging1763769600000, MessagingModule, on, type Subscriptions } from '../src';

/** A service that does nothing but write down what it was told: enough to see how messages arrive. */
@Injectable()
class LedgerSubscriptions implements Subscriptions {
  list() {
    return [
      on(LeadEngaged, (events, tx) => this.writeFacts(events, tx)),
      on(LeadScored, (events, tx) => this.keepNewest(events, tx)),
    ];
  }

  private async writeFacts(events: Envelope<LeadEngagedData>[], tx: Tx): Promise<void> {
    if (events.some(({ data }) => data.signal === 'poison')) throw new Error('this one can not be handled');
    await tx.query('insert into fact (signal_id) select unnest($1::text[])', [events.map(({ data }) => data.signal_id)]);
  }

  private async keepNewest(events: Envelope<LeadScoredData>[], tx: Tx): Promise<void> {
    await tx.query(`
      insert into state (lead_id, revision) select * from unnest($1::bigint[], $2::bigint[])
      on conflict (lead_id) do update set revision = excluded.revision where state.revision < excluded.revision`,
      [events.map(({ leadid }) => leadid), events.map(({ revision }) => revision)]);
  }
}

export const Refuse = defineRequest<{ code: string }, Record<string, never>>('routing', 'refuse');
export const Fail = defineRequest<Record<string, never>, Record<string, never>>('routing', 'fail');

@Controller()
class LedgerController {
  @Answers(Refuse)
  refuse({ code }: { code: string }): never {
    throw DomainError.conflict(code, 'No', { allowed: ['yes'] });
  }

  @Answers(Fail)
  fail(): never {
    throw new Error('a fault of ours');
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
  name: 'routing', module: LedgerModule, migrations: [CreateMessaging1763769600000, CreateLedger1763773200001],
};

export const routed = (lead_id: number, revision = 1) => LeadRouted.ofLead('demo', { lead_id, revision }, {
  assignment: { lead_id, revision, priority: 'normal' }, cause: 'rules',
});
