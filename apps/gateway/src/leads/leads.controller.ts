import { Controller, Get, Patch, Post, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { CapturePreview, CreateLeadRequest, LEAD_SORTS, ListLeads, Flag, OneOf, PatchLead as PatchBody, Text, type Context, type LeadSort } from '@headwater/contracts';
import { Requester } from '@headwater/messaging';
import { isAnonymous } from '../access/caller';
import { Requires } from '../access/requires';
import { CaptureLead } from '../capture/capture-lead';
import { PreviewLeads } from '../capture/preview-leads';
import { SpooledSubmissionReceipt, SubmissionReceipt } from '../capture/submissions.answers';
import { AlsoReturns, onRequest, Returns } from '../documents/returns';
import { DryRunParameter } from '../input/dry-run';
import { IfMatch } from '../input/if-match';
import { InContext } from '../input/incoming';
import { JsonBody } from '../input/json-body';
import { preferenceApplied, PrefersAsync } from '../input/prefer';
import { DEFAULT_LIMIT, PageParameters, Parameters, PathId } from '../input/parameters';
import { withWarnings } from '../documents/with-warnings';
import { etagOf, expectationsOf } from './etag';
import { GatherLead, metaOf } from './gather-lead';
import { CapturedLead, Lead } from './lead';
import { capturedView, isNewLead, leadView, statusUrl } from './lead-view';
import { PatchLead } from './patch-lead';
import * as examples from './leads.examples';

const NEWEST_FIRST: LeadSort = '-created_at';

class ListLeadsParameters extends PageParameters {
  @OneOf(LEAD_SORTS, { description: 'newest first when absent' }) sort?: LeadSort;
  @Text(320) email?: string;
  @Text(60) phone?: string;
  @Text(80) source?: string;
  @Text(200) company_name?: string;
  @Text(100) campaign?: string;
  @Flag({ description: 'whether the lead was converted' }) converted?: boolean;
}

@ApiTags('leads')
@Controller('api/v1/crm/leads')
export class LeadsController {
  constructor(
    private readonly capture: CaptureLead, private readonly gather: GatherLead, private readonly patchLead: PatchLead,
    private readonly requester: Requester, private readonly previews: PreviewLeads,
  ) {}

  @Post()
  @Requires('leads:insert')
  @Returns({
    summary: 'Send a lead in', data: [CapturedLead, SubmissionReceipt], status: 201, headers: ['Location'],
    description: 'A known person is updated (200), a new one created (201). Callers who may only insert, such as public forms, '
      + 'always get 201 with the id of their submission, and learn nothing of what is there. With `dry_run`, in the body or behind the `?`, nothing is '
      + 'written: 200 says what would become of it, and who it may be.',
    examples: examples.createLead,
  })
  @AlsoReturns(200, 'A lead that was known already; or, with `dry_run`, what would become of it', [CapturedLead, onRequest('dry_run', CapturePreview)])
  @AlsoReturns(202, 'Accepted and kept durably, because it can not be processed at the moment or `Prefer: respond-async` wants it so; `Location` tells what becomes of it', SpooledSubmissionReceipt, 'Location', 'Preference-Applied')
  async createLead(
    @InContext() context: Context, @PrefersAsync() prefersAsync: boolean, @Parameters(DryRunParameter) parameters: DryRunParameter,
    @JsonBody(CreateLeadRequest) { dry_run, ...body }: CreateLeadRequest, @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    if (dry_run ?? parameters.dry_run) {
      void reply.status(200);
      return { message: 'Nothing was written', data: await this.previews.preview(context, body) };
    }
    const anonymous = isAnonymous(context);
    // Who may only insert could not ask what became of it.
    const deferred = prefersAsync && !anonymous;
    if (deferred) preferenceApplied(reply);
    const captured = await (deferred ? this.capture.defer(context, body) : this.capture.capture(context, body));
    if (anonymous) {
      const { submission_id } = captured.spooled ? captured : captured.answer;
      return { message: 'Thank you', data: { submission_id } satisfies SubmissionReceipt };
    }
    if (captured.spooled) return accepted(captured.submission_id, reply);
    const { answer } = captured;
    const isNew = isNewLead(answer);
    void reply.status(isNew ? 201 : 200);
    const data = capturedView(answer);
    if (isNew) void reply.header('location', `/api/v1/crm/leads/${data.id}`);
    return withWarnings({ message: isNew ? 'Lead created' : 'Lead updated', data }, answer.warnings);
  }

  @Get()
  @Requires('leads:read')
  @Returns({ summary: 'List leads', data: Lead, list: true, examples: examples.listLeads })
  async listLeads(@InContext() context: Context, @Parameters(ListLeadsParameters) parameters: ListLeadsParameters) {
    const { limit = DEFAULT_LIMIT, sort = NEWEST_FIRST, cursor, ...filter } = parameters;
    const { leads, next_cursor } = await this.requester.ask(ListLeads, { context, filter, sort, limit, ...(cursor ? { cursor } : {}) });
    const { found, missing } = await this.gather.many(context, leads);
    return { message: 'Leads listed', data: found.map(leadView), meta: { next_cursor, ...metaOf(missing).meta } };
  }

  @Get(':id')
  @Requires('leads:read')
  @Returns({ summary: 'Read a lead', data: Lead, headers: ['ETag'], examples: examples.getLead })
  async getLead(@PathId('Lead') id: number, @InContext() context: Context, @Res({ passthrough: true }) reply: FastifyReply) {
    const { found, missing } = await this.gather.one(context, id);
    void reply.header('etag', etagOf(found));
    return { message: 'Lead found', data: leadView(found), ...metaOf(missing) };
  }

  @Patch(':id')
  @Requires('leads:write')
  @Returns({
    summary: 'Change a lead', data: Lead, headers: ['ETag'],
    description: 'Absent fields stay, null empties, `custom_fields` are merged by key, `tags` replaced, notes appended.',
    examples: examples.updateLead,
  })
  async updateLead(
    @PathId('Lead') id: number, @InContext() context: Context, @IfMatch() ifMatch: string | undefined,
    @JsonBody(PatchBody) body: PatchBody, @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { found, missing, warnings } = await this.patchLead.patch(context, id, body, expectationsOf(ifMatch));
    void reply.header('etag', etagOf(found));
    return withWarnings(
      { message: 'Lead updated', data: leadView(found), ...metaOf(missing) }, warnings);
  }
}

function accepted(submission_id: string, reply: FastifyReply): { message: string; data: SpooledSubmissionReceipt } {
  const status_url = statusUrl(submission_id);
  void reply.status(202).header('location', status_url);
  return { message: 'Lead accepted', data: { submission_id, durability: 'spooled', status_url } };
}
