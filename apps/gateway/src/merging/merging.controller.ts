import { Controller, Get, Post, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  DomainError, GetMerge, GetMergePolicy, ListMerges, MergeLeads, MergeReview, PreviewMerge, PutMergePolicy, UnmergeLeads,
  type AnswerOf, type Context, type IntakeState, type MergeChoices, type MergeView,
} from '@headwater/contracts';
import { Requester } from '@headwater/messaging';
import { Requires } from '../access/requires';
import { Returns } from '../documents/returns';
import { InContext } from '../input/incoming';
import { JsonBody, JsonDocument, OptionalJsonBody } from '../input/json-body';
import { PathId } from '../input/parameters';
import { expectationsOf } from '../leads/etag';
import { GatherLead, metaOf } from '../leads/gather-lead';
import { leadView } from '../leads/lead-view';
import {
  Merge, MergedLead, MergePolicyAnswer, MergePreview, MergePreviewRequest, MergeRequest, MergeReviewRequest, UnmergedLeads, UnmergeRequest,
} from './merging.answers';
import * as examples from './merging.examples';

/** These commands ask other services in turn: longer than a single request may take. */
const PATIENCE_MS = 15_000;

/** Leads that turn out to be one person's. */
@ApiTags('merging')
@Controller('api/v1/crm')
export class MergingController {
  constructor(private readonly requester: Requester, private readonly gather: GatherLead) {}

  @Post('leads/:id/merge/preview')
  @Requires('leads:merge')
  @Returns({
    summary: 'See what a merge would do', data: MergePreview, examples: examples.previewMerge,
    description: 'Field by field: what the leads say, what survives, and by which rule; and what becomes of status, owner, stars and score. Nothing is written.',
  })
  async previewMerge(@PathId('Lead') lead_id: number, @InContext() context: Context, @JsonBody(MergePreviewRequest) body: MergePreviewRequest) {
    const { primary_id, lead_ids, fields, consequences } = await this.requester.ask(PreviewMerge, {
      context, lead_id, lead_ids: atLeastOne(body.lead_ids), fields: (body.fields ?? {}) as MergeChoices,
    });
    return { message: 'Merge previewed', data: { primary_id, lead_ids, fields, ...consequencesOf(consequences) } };
  }

  @Post('leads/:id/merge')
  @Requires('leads:merge')
  @Returns({
    summary: 'Merge leads into this one', data: MergedLead, examples: examples.mergeLeads,
    description: 'All of it or nothing. The ids of the others answer for ever, with `merged_into`; what was known of them is read with this lead. '
      + 'A lead that is converted, or being converted or merged at this moment, is refused.',
  })
  async mergeLeads(@PathId('Lead') lead_id: number, @InContext() context: Context, @JsonBody(MergeRequest) body: MergeRequest) {
    const { merge, lead } = await this.requester.ask(MergeLeads, {
      context, lead_id, lead_ids: atLeastOne(body.lead_ids), fields: (body.fields ?? {}) as MergeChoices, reason: body.reason,
      expected_revisions: expectedRevisions(body.if_match),
    }, { timeoutMs: PATIENCE_MS });
    return this.merged(context, merge, lead);
  }

  @Post('duplicate-reviews/:id/merge')
  @Requires('leads:merge')
  @Returns({
    summary: 'Say that two leads are one person, and merge them', data: MergedLead, examples: examples.mergeDuplicateReview,
    description: 'As any merge; the reviews among the leads are decided by it.',
  })
  async mergeDuplicateReview(@PathId('Duplicate review') id: number, @InContext() context: Context, @OptionalJsonBody(MergeReviewRequest) body: MergeReviewRequest) {
    const { primary_id, reason } = body;
    const { merge, lead } = await this.requester.ask(MergeReview, {
      context, id, primary_id, reason, fields: (body.fields ?? {}) as MergeChoices,
    }, { timeoutMs: PATIENCE_MS });
    return this.merged(context, merge, lead);
  }

  private async merged(context: Context, merge: MergeView, intake: IntakeState) {
    const { found, missing } = await this.gather.one(context, intake.lead_id, { intake });
    return { message: 'Leads merged', data: { merge, lead: leadView(found) }, ...metaOf(missing) };
  }

  @Get('leads/:id/merges')
  @Requires('leads:read')
  @Returns({ summary: 'List the merges that a lead took part in, newest first', data: Merge, list: true, examples: examples.listLeadMerges })
  async listLeadMerges(@PathId('Lead') lead_id: number, @InContext() context: Context) {
    return { message: 'Merges listed', data: (await this.requester.ask(ListMerges, { context, lead_id })).merges };
  }

  @Get('merges/:id')
  @Requires('leads:read')
  @Returns({ summary: 'Read a merge', data: Merge, examples: examples.getMerge })
  async getMerge(@PathId('Merge') merge_id: number, @InContext() context: Context) {
    return { message: 'Merge found', data: (await this.requester.ask(GetMerge, { context, merge_id })).merge };
  }

  @Post('merges/:id/unmerge')
  @Requires('leads:merge')
  @Returns({
    summary: 'Take a merge back', data: UnmergedLeads, examples: examples.unmergeLeads,
    description: 'Each lead has its fields, keys, touches, status, owner and score again. What was changed on the primary since stays, and is told in `conflicts`; '
      + 'submissions that came since stay with the primary.',
  })
  async unmergeLeads(@PathId('Merge') merge_id: number, @InContext() context: Context, @OptionalJsonBody(UnmergeRequest) { dry_run }: UnmergeRequest) {
    const { merge } = await this.requester.ask(UnmergeLeads, { context, merge_id, dry_run: dry_run ?? false }, { timeoutMs: PATIENCE_MS });
    return { message: dry_run ? 'Unmerge tried out' : 'Leads unmerged', data: { merge } };
  }

  @Get('merging/policy')
  @Requires('leads:merge')
  @Returns({ summary: 'Read how leads are merged', data: MergePolicyAnswer, examples: examples.getMergePolicy })
  async getMergePolicy(@InContext() context: Context) {
    return { message: 'Merge policy found', data: (await this.requester.ask(GetMergePolicy, { context })).policy };
  }

  @Put('merging/policy')
  @Requires('admin')
  @Returns({
    summary: 'Write a new version of how leads are merged', data: MergePolicyAnswer, examples: examples.replaceMergePolicy,
    description: 'With `auto_update: same` pairs of the band `same` are merged without a person, those that wait as well: the younger lead into '
      + 'the older one, with what speaks for it as the reason. Such a merge is taken back as any other; after that people decide about the pair.',
  })
  async replaceMergePolicy(@InContext() context: Context, @JsonDocument('default, fields, auto_update') document: object) {
    return { message: 'Merge policy replaced', data: (await this.requester.ask(PutMergePolicy, { context, document })).policy };
  }
}

function atLeastOne(ids: number[]): number[] {
  if (ids.length === 0) throw DomainError.invalidField('lead_ids', 'required', 'lead_ids must name at least one lead');
  return ids;
}

/** Intake's part of the tags: what a merge is decided from. */
function expectedRevisions(seen: MergeRequest['if_match']): Record<string, number> {
  return Object.fromEntries((seen ?? []).flatMap(({ lead_id, etag }) => {
    const revision = expectationsOf(etag)('intake');
    return revision === undefined ? [] : [[lead_id, revision]];
  }));
}

function consequencesOf({ qualification, scoring, routing }: AnswerOf<typeof PreviewMerge>['consequences']) {
  return {
    consequences: {
      status: qualification?.status ?? null, owner: routing?.owner ?? null, rating: scoring?.rating ?? null, lead_score: scoring?.effective ?? null,
    },
    missing: Object.entries({ qualification, routing, scoring }).filter(([, part]) => part === null).map(([service]) => service),
  };
}
