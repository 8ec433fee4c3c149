import { Injectable } from '@nestjs/common';
import { DomainError, type AnswerOf, type PutSetup as PutSetupRequest, type QuestionOf } from '@headwater/contracts';
import { attemptOf, once } from '@headwater/messaging';
import { compileValidator, Database, type Tx } from '@headwater/platform';
import { byWhom } from './by-whom';
import { ImportHours } from './calendars/import-hours';
import { checkRuleSet, IN_SETUP } from './domain/rule-sets/check-rule-set';
import { keptPools } from './domain/rule-sets/targets';
import { checkSetup } from './domain/setup/check-setup';
import { SetupDocument } from './domain/setup/setup-document';
import { ImportPeople } from './people/import-people';
import { RotationStore } from './store/rotation.store';
import { RuleSetsStore } from './store/rule-sets.store';
import { SetupStore } from './store/setup.store';

const shapeOf = compileValidator(SetupDocument, { closed: true });

/** A setup document, checked. @throws DomainError `invalid` with the path of everything that is wrong (at most 50) */
function parseSetup(document: unknown): SetupDocument {
  const setup = shapeOf(document);
  const errors = checkSetup(setup);
  if (errors.length > 0) throw DomainError.invalid(errors);
  return setup;
}

/** Replaces people, hours, pools and rules of a tenant, all or nothing, between two batches of leads: the rules as a new version that is active. */
@Injectable()
export class PutSetup {
  constructor(
    private readonly database: Database,
    private readonly rotation: RotationStore,
    private readonly people: ImportPeople,
    private readonly hours: ImportHours,
    private readonly setups: SetupStore,
    private readonly ruleSets: RuleSetsStore,
  ) {}

  async handle({ context, setup: document }: QuestionOf<typeof PutSetupRequest>): Promise<AnswerOf<typeof PutSetupRequest>> {
    const tenant = context.tenant.id;
    const setup = parseSetup(document);
    return once(this.database, attemptOf(context), async (tx) => {
      await this.rotation.lock(tx, [tenant]);
      const calendars = await this.hours.writeCalendars(tx, context, setup);
      await this.people.replace(tx, context, setup, calendars);
      await this.hours.replacePolicies(tx, context, setup, calendars);
      const unknown = checkRuleSet(setup, await this.ruleSets.names(tx, tenant), IN_SETUP);
      if (unknown.length > 0) throw DomainError.invalid(unknown);
      const version = await this.activate(tx, tenant, setup, byWhom(context));
      return { version, reps: await this.setups.reps(tx, tenant) };
    });
  }

  private async activate(tx: Tx, tenant: string, setup: SetupDocument, by: string): Promise<number> {
    const former = await this.ruleSets.active(tx, tenant);
    const id = await this.ruleSets.add(tx, tenant, { name: null, document: { pools: setup.pools, rule_set: setup.rule_set }, by });
    await this.ruleSets.activate(tx, tenant, { id, pools: keptPools(setup), by, replaced: former?.version ?? null });
    return (await this.ruleSets.find(tx, tenant, id))!.version;
  }
}
