import { Injectable } from '@nestjs/common';
import { DomainError, type AnswerOf, type PreviewMerge as PreviewMergeRequest, type QuestionOf } from '@headwater/contracts';
import { Database } from '@headwater/platform';
import { assertWritable } from '../domain/assert-writable';
import { stateOf } from '../domain/lead';
import { mergeLeads } from '../domain/merging/merge-leads';
import { LeadsStore } from '../store/leads.store';
import { actorLabel } from './actor-label';
import { assertChoices } from './choices';
import { FindPrimaries } from './find-primaries';
import { MergePolicies } from './merge-policies';
import { TellOthers } from './tell-others';
import { apart } from './write-merge';

/** What a merge would come to, here and for the other owners of the leads. Nothing is written, nothing reserved. */
@Injectable()
export class PreviewMerge {
  constructor(
    private readonly database: Database, private readonly leads: LeadsStore, private readonly primaries: FindPrimaries,
    private readonly policies: MergePolicies, private readonly others: TellOthers,
  ) {}

  /** @throws DomainError as the merge itself would be refused by what intake knows */
  async preview({ context, lead_id, fields: chosen, ...asked }: QuestionOf<typeof PreviewMergeRequest>): Promise<AnswerOf<typeof PreviewMergeRequest>> {
    const tenant = context.tenant.id;
    const lead_ids = [...new Set(asked.lead_ids)].sort((a, b) => a - b);
    if (lead_ids.includes(lead_id)) throw DomainError.invalidField('lead_ids', 'not_applicable', `lead_ids contains ${lead_id}, which is the primary`);
    const leads = await this.leads.get(this.database, tenant, [lead_id, ...lead_ids]);
    if (leads.length <= lead_ids.length) throw DomainError.notFound('Lead');
    assertWritable(leads, await this.primaries.of(this.database, tenant, leads));
    const [primary, losers] = apart(leads, lead_id);
    const { document: policy } = await this.policies.inForce(this.database, tenant);
    const { lead, fields } = mergeLeads(primary, losers, {
      policy, choices: assertChoices(chosen), tenant: context.tenant, by: { id: context.actor.id, at: primary.updated_at },
    });
    const consequences = await this.others.foresee({
      tenant, primary: stateOf(lead), actor: actorLabel(context.actor), cause: 'merge', correlation_id: context.correlation_id,
      ties: losers.map(({ id, revision, created_at, attribution: { entry_status } }) =>
        ({ lead_id: id, revision: revision + 1, merged_into: lead_id, created_at, entry_status })),
    });
    return { primary_id: lead_id, lead_ids, fields, lead: stateOf(lead), consequences };
  }
}
