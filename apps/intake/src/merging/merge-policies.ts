import { Injectable } from '@nestjs/common';
import { DomainError, type AnswerOf, type GetMergePolicy, type MergePolicy, type MergePolicyView, type PutMergePolicy, type QuestionOf } from '@headwater/contracts';
import { Database, type Queries } from '@headwater/platform';
import { checkPolicy, DEFAULT_POLICY } from '../domain/merging/merge-policy';
import { MergePoliciesStore } from '../store/merge-policies.store';
import { TenantSettingsStore } from '../store/tenant-settings.store';
import { actorLabel } from './actor-label';

/** How a tenant's leads are merged. */
@Injectable()
export class MergePolicies {
  constructor(private readonly database: Database, private readonly policies: MergePoliciesStore, private readonly settings: TenantSettingsStore) {}

  async inForce(queries: Queries, tenant: string): Promise<MergePolicyView> {
    return await this.policies.newest(queries, tenant) ?? { version: 0, document: DEFAULT_POLICY, created_at: null, created_by: null };
  }

  async get({ context }: QuestionOf<typeof GetMergePolicy>): Promise<AnswerOf<typeof GetMergePolicy>> {
    return { policy: await this.inForce(this.database, context.tenant.id) };
  }

  /** Writes the document as the next version. @throws DomainError `invalid` with every problem in it */
  async put({ context, document }: QuestionOf<typeof PutMergePolicy>): Promise<AnswerOf<typeof PutMergePolicy>> {
    const errors = checkPolicy(document);
    if (errors.length > 0) throw DomainError.invalid(errors);
    const { default: usual, fields = {}, auto_update = 'none' } = document as MergePolicy;
    return this.database.transaction(async (tx) => {
      if (auto_update !== 'none') await this.settings.learn(tx, [{ tenant: context.tenant, revision: 0 }]);
      return { policy: await this.policies.add(tx, context.tenant.id, { default: usual, fields, auto_update }, actorLabel(context.actor)) };
    });
  }
}
