import { Controller, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ConvertLead, ConvertRequest, PreviewConversion, QualifyLead, QualifyRequest, type Context } from '@headwater/contracts';
import { Requester } from '@headwater/messaging';
import { Requires } from '../access/requires';
import { Conversion, ConversionPreviewAnswer } from '../converting/converting.answers';
import { QualifiedLead } from './outcome.answers';
import { onRequest, Returns } from '../documents/returns';
import { withWarnings } from '../documents/with-warnings';
import { IfMatch } from '../input/if-match';
import { InContext } from '../input/incoming';
import { JsonBody } from '../input/json-body';
import { PathId } from '../input/parameters';
import { expectationsOf } from './etag';
import * as examples from './outcome.examples';

/** These commands ask other services in turn: longer than a single request may take. */
const PATIENCE_MS = 15_000;

/** What becomes of a lead. */
@ApiTags('leads')
@Controller('api/v1/crm/leads/:id')
export class OutcomeController {
  constructor(private readonly requester: Requester) {}

  @Post('qualify')
  @Requires('leads:qualify')
  @Returns({ summary: 'Qualify or disqualify a lead', data: QualifiedLead, examples: examples.qualifyLead })
  async qualifyLead(
    @PathId('Lead') lead_id: number, @InContext() context: Context, @IfMatch() ifMatch: string | undefined,
    @JsonBody(QualifyRequest) body: QualifyRequest,
  ) {
    const question = { context, lead_id, body, expected_revision: expectationsOf(ifMatch)('qualification') };
    const { message, data, warnings } = await this.requester.ask(QualifyLead, question, { timeoutMs: PATIENCE_MS });
    return withWarnings({ message, data }, warnings);
  }

  @Post('convert')
  @Requires('leads:convert')
  @Returns({
    summary: 'Convert a lead into account, contact, customer and opportunity', data: [Conversion, onRequest('dry_run', ConversionPreviewAnswer)],
    description: 'All of it or nothing. The lead is locked then, and names the records that it became.', examples: examples.convertLead,
  })
  async convertLead(
    @PathId('Lead') lead_id: number, @InContext() context: Context, @IfMatch() ifMatch: string | undefined,
    @JsonBody(ConvertRequest) { dry_run, ...body }: ConvertRequest,
  ) {
    const question = { context, lead_id, body, expected_revision: expectationsOf(ifMatch)('qualification') };
    const { message, data, warnings } = dry_run
      ? await this.requester.ask(PreviewConversion, question, { timeoutMs: PATIENCE_MS })
      : await this.requester.ask(ConvertLead, question, { timeoutMs: PATIENCE_MS });
    return withWarnings({ message, data }, warnings);
  }
}
