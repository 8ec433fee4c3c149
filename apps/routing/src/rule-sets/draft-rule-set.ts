import { Injectable } from '@nestjs/common';
import {
  DomainError, type AnswerOf, type DeleteRuleSet, type DraftRuleSet as DraftRuleSetRequest, type QuestionOf,
} from '@headwater/contracts';
import { attemptOf, once } from '@headwater/messaging';
import { compileValidator, Database, type Tx } from '@headwater/platform';
import { byWhom } from '../by-whom';
import { unstorableTexts } from '../domain/rule-sets/check-names';
import { BY_ITSELF, checkRuleSet, type KnownNames } from '../domain/rule-sets/check-rule-set';
import { RuleSetDocument, storedFrom, type StoredDocument } from '../domain/rule-sets/rule-set-document';
import { RotationStore } from '../store/rotation.store';
import { RuleSetsStore, type RuleSetRow } from '../store/rule-sets.store';
import { viewOf } from './read-rule-sets';

const shapeOf = compileValidator(RuleSetDocument, { closed: true });

/** A document of rules, checked. @throws DomainError `invalid` with the path of everything that is wrong (at most 50) */
function parseRuleSet(document: unknown, known: KnownNames): StoredDocument {
  const stored = storedFrom(shapeOf(document));
  const unstorable = unstorableTexts(document);
  const errors = unstorable.length > 0 ? unstorable : checkRuleSet(stored, known, BY_ITSELF);
  if (errors.length > 0) throw DomainError.invalid(errors);
  return stored;
}

/** Writes what may become a tenant's rules. No lead is routed by it before it is activated. */
@Injectable()
export class DraftRuleSet {
  constructor(private readonly database: Database, private readonly rotation: RotationStore, private readonly ruleSets: RuleSetsStore) {}

  /** @throws DomainError `invalid`; `not_found`; `not_a_draft` */
  async handle({ context, id, name = null, document }: QuestionOf<typeof DraftRuleSetRequest>): Promise<AnswerOf<typeof DraftRuleSetRequest>> {
    const tenant = context.tenant.id;
    return once(this.database, attemptOf(context), async (tx) => {
      await this.rotation.lock(tx, [tenant]);
      if (id !== undefined) await this.draft(tx, tenant, id);
      const stored = parseRuleSet(document, await this.ruleSets.names(tx, tenant));
      if (id !== undefined) await this.ruleSets.change(tx, tenant, id, { name, document: stored });
      const written = id ?? await this.ruleSets.add(tx, tenant, { name, document: stored, by: byWhom(context) });
      return { rule_set: viewOf((await this.ruleSets.find(tx, tenant, written))!) };
    });
  }

  /** @throws DomainError `not_found`; `not_a_draft`: what was in force stays, for the decisions that name it */
  async remove({ context, id }: QuestionOf<typeof DeleteRuleSet>): Promise<AnswerOf<typeof DeleteRuleSet>> {
    const tenant = context.tenant.id;
    return this.database.transaction(async (tx) => {
      await this.rotation.lock(tx, [tenant]);
      const draft = await this.draft(tx, tenant, id);
      await this.ruleSets.remove(tx, tenant, id);
      return { rule_set: viewOf(draft) };
    });
  }

  private async draft(tx: Tx, tenant: string, id: number): Promise<RuleSetRow> {
    const found = await this.ruleSets.find(tx, tenant, id);
    if (!found) throw DomainError.notFound('Rule set');
    if (found.status === 'draft') return found;
    throw DomainError.conflict('not_a_draft', `Version ${found.version} is ${found.status}: only a draft can be changed or deleted`);
  }
}
