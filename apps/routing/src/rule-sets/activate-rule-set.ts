import { Injectable } from '@nestjs/common';
import { DomainError, type ActivateRuleSet as ActivateRuleSetRequest, type AnswerOf, type QuestionOf } from '@headwater/contracts';
import { attemptOf, once } from '@headwater/messaging';
import { Database, type Tx } from '@headwater/platform';
import { byWhom } from '../by-whom';
import { BY_ITSELF, checkRuleSet } from '../domain/rule-sets/check-rule-set';
import { keptPools } from '../domain/rule-sets/targets';
import { RotationStore } from '../store/rotation.store';
import { RuleSetsStore, type RuleSetRow } from '../store/rule-sets.store';
import { viewOf } from './read-rule-sets';

/** Puts a version of the rules in force between two batches of leads, and takes it back. */
@Injectable()
export class ActivateRuleSet {
  constructor(private readonly database: Database, private readonly rotation: RotationStore, private readonly ruleSets: RuleSetsStore) {}

  /** @throws DomainError `not_found`; `nothing_to_roll_back`; `invalid` when its names stand for nobody any more */
  async handle({ context, id }: QuestionOf<typeof ActivateRuleSetRequest>): Promise<AnswerOf<typeof ActivateRuleSetRequest>> {
    const tenant = context.tenant.id;
    return once(this.database, attemptOf(context), async (tx) => {
      await this.rotation.lock(tx, [tenant]);
      const active = await this.ruleSets.active(tx, tenant);
      const next = id === undefined ? await this.former(tx, tenant, active) : await this.ruleSets.find(tx, tenant, id);
      if (!next) throw DomainError.notFound('Rule set');
      if (next.id !== active?.id) {
        const errors = checkRuleSet(next.document, await this.ruleSets.names(tx, tenant), BY_ITSELF);
        if (errors.length > 0) throw DomainError.invalid(errors);
        // What was rolled back to keeps what it had replaced itself, so that the next rollback leads further back.
        const replaced = id === undefined ? {} : { replaced: active?.version ?? null };
        await this.ruleSets.activate(tx, tenant, { id: next.id, pools: keptPools(next.document), by: byWhom(context), ...replaced });
      }
      return { rule_set: viewOf((await this.ruleSets.find(tx, tenant, next.id))!) };
    });
  }

  private async former(tx: Tx, tenant: string, active: RuleSetRow | null): Promise<RuleSetRow> {
    const former = active?.replaced ? await this.ruleSets.version(tx, tenant, active.replaced) : null;
    if (!former) throw DomainError.conflict('nothing_to_roll_back', 'No rule set was active before the present one');
    return former;
  }
}
