import { Controller, Post, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { CreateLead, CreateLeads, MOST_LEADS_OF_A_BATCH, type Context } from '@headwater/contracts';
import { httpProblem } from '@headwater/platform';
import { Requires } from '../access/requires';
import { CaptureBatch, type CapturedItem } from '../capture/capture-batch';
import { PreviewLeads } from '../capture/preview-leads';
import { BatchOfLeads, type BatchItem, type BatchSummary } from './batch.answers';
import { AlsoReturns, Returns } from '../documents/returns';
import { DryRunParameter } from '../input/dry-run';
import { InContext } from '../input/incoming';
import { BodyFlag, JsonList, type Checked } from '../input/json-list';
import { Parameters } from '../input/parameters';
import { preferenceApplied, PrefersAsync } from '../input/prefer';
import { createLeads } from './batch.examples';
import { isNewLead, statusUrl } from './lead-view';

const MOST_BYTES = 4 * 2 ** 20;

@ApiTags('leads')
@Controller('api/v1/crm/leads/batch')
export class BatchController {
  constructor(private readonly batch: CaptureBatch, private readonly previews: PreviewLeads) {}

  @Post()
  @Requires('leads:write')
  @Returns({
    summary: 'Send many leads in', data: BatchOfLeads,
    description: `Up to ${MOST_LEADS_OF_A_BATCH} leads in at most 4 MB. Each is taken in or refused by itself, as \`POST /leads\` would, and has its own status and `
      + 'verdict; the whole answers 200 also when some, or all, were refused. Items of one person become one lead. With an `Idempotency-Key` a '
      + 'repetition answers what was answered before and does what was not done. With `dry_run`, in the body or behind the `?`, nothing is written: each '
      + 'item says what would become of it, and who it most likely is.',
    examples: createLeads,
  })
  @AlsoReturns(202, 'Every item that is right was kept durably, as `Prefer: respond-async` wants it', BatchOfLeads, 'Preference-Applied')
  async createLeads(
    @InContext() context: Context, @PrefersAsync() deferred: boolean,
    @Parameters(DryRunParameter) parameters: DryRunParameter, @BodyFlag('dry_run') dryRun: boolean | undefined,
    @JsonList({ body: CreateLeads, member: 'leads', item: CreateLead, flags: ['dry_run'], most: MOST_LEADS_OF_A_BATCH, bytes: MOST_BYTES })
    leads: Checked<CreateLead>[],
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    if (dryRun ?? parameters.dry_run) {
      const previews = await Promise.all(leads.map((lead, index) => this.preview(context, lead, index)));
      return { message: 'Nothing was written', data: { summary: summaryOf(previews), results: previews } satisfies BatchOfLeads };
    }
    const results = (await this.batch.capture(context, leads, { deferred })).map(itemView);
    if (deferred) {
      void reply.status(202);
      preferenceApplied(reply);
    }
    return { message: deferred ? 'Leads accepted' : 'Leads taken in', data: { summary: summaryOf(results), results } satisfies BatchOfLeads };
  }

  private async preview(context: Context, lead: Checked<CreateLead>, index: number): Promise<BatchItem> {
    if (!lead.ok) return itemView(lead, index);
    const { verdict, because, lead_id, ...preview } = await this.previews.preview(context, lead.item);
    return {
      index, status: isNewLead({ verdict }) ? 201 : 200, verdict, because, lead_id,
      preview: { verdict, because, lead_id, ...preview, candidates: preview.candidates.slice(0, 1) },
    };
  }
}

function itemView(result: CapturedItem, index: number): BatchItem {
  if (!result.ok) {
    const { body } = result.refusal;
    return { index, status: httpProblem(body).status, code: body.code, detail: body.detail, ...(body.errors ? { errors: body.errors } : {}) };
  }
  if (result.captured.spooled) {
    const { submission_id } = result.captured;
    return { index, status: 202, submission_id, status_url: statusUrl(submission_id) };
  }
  const { submission_id, verdict, because, lead } = result.captured.answer;
  return { index, status: isNewLead({ verdict }) ? 201 : 200, verdict, because, lead_id: lead?.lead_id ?? null, submission_id };
}

function summaryOf(results: BatchItem[]): BatchSummary {
  const summary = {
    received: results.length, created: 0, updated: 0, touched: 0, review: 0, existing_customer: 0, quarantined: 0, rejected: 0, accepted: 0, failed: 0,
  };
  for (const { status, verdict } of results) summary[verdict ?? (status === 202 ? 'accepted' : 'failed')] += 1;
  return summary;
}
