import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CalendarDate, GetScoringAudit, Integer, ScoringAudit, type Context } from '@headwater/contracts';
import { Requester } from '@headwater/messaging';
import { Requires } from '../access/requires';
import { Returns } from '../documents/returns';
import { InContext } from '../input/incoming';
import { Parameters } from '../input/parameters';
import * as examples from './audit.examples';

class AuditParameters {
  @Integer(1, 20, { description: 'up to the present one; 8 when absent', example: 8 }) quarters?: number;
  @CalendarDate({ description: 'of the tenant: the audit that was stored on that day, in place of one of now', example: '2026-03-01' }) day?: string;
}

/** How well scores foretold what became of leads. */
@ApiTags('scoring models')
@Controller('api/v1/crm/scoring/audit')
export class AuditController {
  constructor(private readonly requester: Requester) {}

  @Get()
  @Requires('scoring:admin')
  @Returns({
    summary: 'Audit how well scores foretell what becomes of leads', data: ScoringAudit, examples: examples.getScoringAudit,
    description: 'By quarters in the time zone of the tenant: how far the scores of won deals stood above those of lost ones, over all and by version of the model, and which '
      + 'share of the leads of each grade was converted. A score counts as it was when the lead was converted, else disqualified. The same is stored once a day, and '
      + '`scoring_model.drifted` tells of a version whose gap has narrowed.',
  })
  async getScoringAudit(@InContext() context: Context, @Parameters(AuditParameters) { quarters, day }: AuditParameters) {
    return { message: 'Scoring audited', data: (await this.requester.ask(GetScoringAudit, { context, quarters, day })).audit };
  }
}
