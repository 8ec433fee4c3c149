import { Controller, Delete, Get, Patch } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { v4 as uuid } from 'uuid';
import {
  ClearOverride, DomainError, ExplainScore, Instant, OverrideScore, ScoreHistory, ScoreRequest, type Actor, type Context, type ScoringState,
} from '@headwater/contracts';
import { Requester } from '@headwater/messaging';
import { Requires } from '../access/requires';
import { ExplainedScore, Score, ScoreChange } from './score.answers';
import { Returns } from '../documents/returns';
import { withWarnings } from '../documents/with-warnings';
import { InContext } from '../input/incoming';
import { JsonBody } from '../input/json-body';
import { DEFAULT_LIMIT, PageParameters, Parameters, PathId } from '../input/parameters';
import * as examples from './score.examples';

class AsOfParameter {
  @Instant({ description: 'the moment that is asked for, since the lead was created and up to 10 years ahead; now when absent', example: '2026-06-30T00:00:00Z' })
  as_of?: string;
}

@ApiTags('scores')
@Controller('api/v1/crm/leads/:id/score')
export class ScoreController {
  constructor(private readonly requester: Requester) {}

  @Get()
  @Requires('leads:read')
  @Returns({
    summary: 'Read a score and what it is made of', data: ExplainedScore, examples: examples.getLeadScore,
    description: 'Exact as of now: what somebody did has faded since the score was written. `as_of` asks for another moment: of the past, by what had happened '
      + 'until then, or of the future, as it fades if nothing happens.',
  })
  async getLeadScore(@PathId('Lead') lead_id: number, @InContext() context: Context, @Parameters(AsOfParameter) { as_of }: AsOfParameter) {
    const { score, contributions, ...moment } = await this.requester.ask(ExplainScore, { context, lead_id, ...(as_of ? { as_of } : {}) });
    return { message: 'Score found', data: { ...scoreView(score), contributions, ...moment } satisfies ExplainedScore };
  }

  @Patch()
  @Requires('leads:write')
  @Returns({ summary: 'Pin one or both parts of a score', data: Score, examples: examples.overrideLeadScore })
  async overrideLeadScore(
    @PathId('Lead') lead_id: number, @InContext() context: Context,
    @JsonBody(ScoreRequest) { behavioral_score, demographic_score, reason, expires_at }: ScoreRequest,
  ) {
    if (behavioral_score == null && demographic_score == null) {
      throw DomainError.invalidField('behavioral_score', 'required', 'behavioral_score or demographic_score is required');
    }
    const { score, warnings } = await this.requester.ask(OverrideScore, {
      context, lead_id, key: uuid(),
      override: { behavioral_score, demographic_score, reason, by: nameOf(context.actor), at: new Date().toISOString(), ...(expires_at ? { expires_at } : {}) },
    });
    return withWarnings({ message: 'Lead score updated', data: scoreView(score) }, warnings);
  }

  @Delete('override')
  @Requires('leads:write')
  @Returns({ summary: 'Take the pinned parts of a score back', data: Score, examples: examples.removeLeadScoreOverride })
  async removeLeadScoreOverride(@PathId('Lead') lead_id: number, @InContext() context: Context) {
    const { score } = await this.requester.ask(ClearOverride, { context, lead_id });
    return { message: 'Score override removed', data: scoreView(score) };
  }

  @Get('history')
  @Requires('leads:read')
  @Returns({ summary: 'Read how a score changed', data: ScoreChange, list: true, examples: examples.listLeadScoreChanges })
  async listLeadScoreChanges(
    @PathId('Lead') lead_id: number, @InContext() context: Context,
    @Parameters(PageParameters) { limit = DEFAULT_LIMIT, cursor }: PageParameters,
  ) {
    const { entries, next_cursor } = await this.requester.ask(ScoreHistory, { context, lead_id, limit, ...(cursor ? { cursor } : {}) });
    return { message: 'Score history listed', data: entries, meta: { next_cursor } };
  }
}

const nameOf = ({ name, id }: Actor): string => name ?? id;

const scoreView = ({
  lead_id, effective, computed, override, rating, is_hot, hot_reasons, mql, model_version, scored_at,
}: ScoringState): Score => ({
  id: lead_id, lead_score: effective, computed, override: override ?? null, rating: rating ?? null, is_hot, hot_reasons, mql, model_version, scored_at,
});
