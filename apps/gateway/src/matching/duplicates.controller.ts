import { Controller, Get, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  CapturePreview, CheckDuplicates, CreateLead, DismissRequest, DismissReview, DuplicateReview, ExplainedReview, GetDuplicateReview, Id,
  ListDuplicateReviews, ListOpenReviews, MOST_CHECKED, MOST_OPEN_REVIEWS, OneOf, REVIEW_BANDS, REVIEW_SORTS, REVIEW_STATUSES,
  type Context, type ReviewBand, type ReviewSort, type ReviewStatus,
} from '@headwater/contracts';
import { Requester } from '@headwater/messaging';
import { Requires } from '../access/requires';
import { PreviewLeads } from '../capture/preview-leads';
import { Returns } from '../documents/returns';
import { InContext } from '../input/incoming';
import { JsonBody, OptionalJsonBody } from '../input/json-body';
import { DEFAULT_LIMIT, PageParameters, Parameters, PathId } from '../input/parameters';
import * as examples from './duplicates.examples';

class ListReviewsParameters extends PageParameters {
  @OneOf(REVIEW_STATUSES, { description: 'of any when absent' }) status?: ReviewStatus;
  @OneOf(REVIEW_BANDS) band?: ReviewBand;
  @Id({ description: 'one of the two' }) lead_id?: number;
  @OneOf(REVIEW_SORTS, { description: 'the likeliest first when absent' }) sort?: ReviewSort;
}

/** Leads that may be one person's. */
@ApiTags('duplicates')
@Controller('api/v1/crm')
export class DuplicatesController {
  constructor(private readonly requester: Requester, private readonly previews: PreviewLeads) {}

  @Get('duplicate-reviews')
  @Requires('leads:read')
  @Returns({ summary: 'List pairs of leads that may be one person', data: DuplicateReview, list: true, examples: examples.listDuplicateReviews })
  async listDuplicateReviews(@InContext() context: Context, @Parameters(ListReviewsParameters) parameters: ListReviewsParameters) {
    const { limit = DEFAULT_LIMIT, sort = '-probability', cursor, ...filter } = parameters;
    const { reviews, next_cursor } = await this.requester.ask(ListDuplicateReviews, { context, filter, sort, limit, ...(cursor ? { cursor } : {}) });
    return { message: 'Duplicate reviews listed', data: reviews, meta: { next_cursor } };
  }

  @Get('duplicate-reviews/:id')
  @Requires('leads:read')
  @Returns({ summary: 'Read why two leads may be one person, field by field', data: ExplainedReview, examples: examples.getDuplicateReview })
  async getDuplicateReview(@PathId('Duplicate review') id: number, @InContext() context: Context) {
    const { review } = await this.requester.ask(GetDuplicateReview, { context, id });
    return { message: 'Duplicate review found', data: review };
  }

  @Post('duplicate-reviews/:id/dismiss')
  @Requires('leads:merge')
  @Returns({
    summary: 'Say that two leads are not one person', data: ExplainedReview, examples: examples.dismissDuplicateReview,
    description: 'It holds for the pair until a name, an e-mail, a phone or a declared custom field of one of them changes.',
  })
  async dismissDuplicateReview(@PathId('Duplicate review') id: number, @InContext() context: Context, @OptionalJsonBody(DismissRequest) { reason }: DismissRequest) {
    const { review } = await this.requester.ask(DismissReview, { context, id, reason });
    return { message: 'Duplicate review dismissed', data: review };
  }

  @Get('leads/:id/duplicates')
  @Requires('leads:read')
  @Returns({
    summary: 'Read which leads may be the same person as one', data: ExplainedReview, list: true, examples: examples.listLeadDuplicates,
    description: `Its open reviews, the likeliest first, at most ${MOST_OPEN_REVIEWS}.`,
  })
  async listLeadDuplicates(@PathId('Lead') lead_id: number, @InContext() { tenant: { id: tenant } }: Context) {
    const { reviews } = await this.requester.ask(ListOpenReviews, { tenant, lead_id, limit: MOST_OPEN_REVIEWS });
    return { message: 'Duplicates listed', data: reviews };
  }

  @Post('leads/duplicate-check')
  @Requires('leads:read')
  @Returns({
    summary: 'Ask who a lead may be, without sending it in', data: CapturePreview, examples: examples.checkDuplicate,
    description: 'Says what would become of it, and which leads may be the same person, field by field. Nothing is written.',
  })
  async checkDuplicate(@InContext() context: Context, @JsonBody(CreateLead) body: CreateLead) {
    return { message: 'Duplicates checked', data: await this.previews.preview(context, body) };
  }

  @Post('leads/duplicate-check/batch')
  @Requires('leads:read')
  @Returns({
    summary: 'Ask the same of several leads', data: CapturePreview, list: true, examples: examples.checkDuplicates,
    description: `Up to ${MOST_CHECKED}, each for itself, in their order.`,
  })
  async checkDuplicates(@InContext() context: Context, @JsonBody(CheckDuplicates) { leads }: CheckDuplicates) {
    return { message: 'Duplicates checked', data: await Promise.all(leads.map((lead) => this.previews.preview(context, lead))) };
  }
}
