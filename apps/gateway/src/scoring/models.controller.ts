import { Controller, Delete, Get, Post, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  ActivatedModel, ActivateModel, DeleteModel, DraftModel, GetModelVersion, GetRescore, ListModels, ListRescores, MODEL_STATES, OneOf, Rescore, ReviseModel,
  RollBackModel, ScoringModelSummary, ScoringModelVersion, SimulatedModel, SimulateModel, SimulationRequest, Text, type Context, type ModelState,
} from '@headwater/contracts';
import { Requester } from '@headwater/messaging';
import { Requires } from '../access/requires';
import { Returns } from '../documents/returns';
import { InContext } from '../input/incoming';
import { JsonDocument, OptionalJsonBody } from '../input/json-body';
import { DEFAULT_LIMIT, PageParameters, Parameters, PathId } from '../input/parameters';
import * as examples from './models.examples';

class ListParameters extends PageParameters {
  @OneOf(MODEL_STATES) state?: ModelState;
}

class SegmentParameter {
  @Text(60, { description: 'whose model is taken back; that of all leads which no segment has when absent', example: 'enterprise' }) segment?: string;
}

const USUAL_DAYS = 30;
const SIMULATED_WITHIN_MS = 30_000;
const DOCUMENT = 'the model, as docs/api/scoring-model.schema.json describes it';

/** How leads are scored: written, tried, activated, taken back. */
@ApiTags('scoring models')
@Controller('api/v1/crm/scoring')
export class ModelsController {
  constructor(private readonly requester: Requester) {}

  @Post('models')
  @Requires('scoring:admin')
  @Returns({
    summary: 'Write a draft of a scoring model', data: ScoringModelVersion, status: 201, examples: examples.createScoringModel,
    description: 'It scores nothing until it is activated. With a `segment` it is for the leads for which its condition holds.',
  })
  async createScoringModel(@InContext() context: Context, @JsonDocument(DOCUMENT) document: object) {
    return { message: 'Scoring model drafted', data: (await this.requester.ask(DraftModel, { context, document })).model };
  }

  @Get('models')
  @Requires('scoring:admin')
  @Returns({ summary: 'List scoring models, the newest first', data: ScoringModelSummary, list: true, examples: examples.listScoringModels })
  async listScoringModels(@InContext() context: Context, @Parameters(ListParameters) { state, cursor, limit = DEFAULT_LIMIT }: ListParameters) {
    const { models, next_cursor } = await this.requester.ask(ListModels, { context, state, cursor, limit });
    return { message: 'Scoring models listed', data: models, meta: { next_cursor } };
  }

  @Post('models/rollback')
  @Requires('scoring:admin')
  @Returns({
    summary: 'Put the scoring model back that was active before', data: ActivatedModel, examples: examples.rollBackScoringModel,
    description: 'Its leads are scored anew, as by an activation. A segment that had no model before ends, and its leads are scored as all others are.',
  })
  async rollBackScoringModel(@InContext() context: Context, @Parameters(SegmentParameter) { segment }: SegmentParameter) {
    return { message: 'Scoring model rolled back', data: await this.requester.ask(RollBackModel, { context, segment }) };
  }

  @Get('models/:id')
  @Requires('scoring:admin')
  @Returns({ summary: 'Read a scoring model', data: ScoringModelVersion, examples: examples.getScoringModelVersion })
  async getScoringModelVersion(@PathId('Scoring model') model_id: number, @InContext() context: Context) {
    return { message: 'Scoring model found', data: (await this.requester.ask(GetModelVersion, { context, model_id })).model };
  }

  @Put('models/:id')
  @Requires('scoring:admin')
  @Returns({ summary: 'Replace the document of a draft', data: ScoringModelVersion, examples: examples.reviseScoringModel })
  async reviseScoringModel(@PathId('Scoring model') model_id: number, @InContext() context: Context, @JsonDocument(DOCUMENT) document: object) {
    return { message: 'Scoring model revised', data: (await this.requester.ask(ReviseModel, { context, model_id, document })).model };
  }

  @Delete('models/:id')
  @Requires('scoring:admin')
  @Returns({ summary: 'Delete a draft', data: ScoringModelVersion, examples: examples.deleteScoringModel })
  async deleteScoringModel(@PathId('Scoring model') model_id: number, @InContext() context: Context) {
    return { message: 'Scoring model deleted', data: (await this.requester.ask(DeleteModel, { context, model_id })).model };
  }

  @Post('models/:id/activate')
  @Requires('scoring:admin')
  @Returns({
    summary: 'Let a scoring model score', data: ActivatedModel, examples: examples.activateScoringModel,
    description: 'In the place of the active one of its segment, which is retired. The document is checked again and tried on the newest leads before. '
      + 'All leads are scored anew in the background: `rescore` says how far that is. A repetition changes nothing.',
  })
  async activateScoringModel(@PathId('Scoring model') model_id: number, @InContext() context: Context) {
    return { message: 'Scoring model activated', data: await this.requester.ask(ActivateModel, { context, model_id }) };
  }

  @Post('models/:id/simulate')
  @Requires('scoring:admin')
  @Returns({
    summary: 'Try a scoring model on past leads', data: SimulatedModel, examples: examples.simulateScoringModel,
    description: 'In the place of what is active for its segment, over the leads of some days past, by what is known of them now. 20,000 leads at most are taken, '
      + 'of more each how-manieth, and 8 seconds at most; nothing is written.',
  })
  async simulateScoringModel(
    @PathId('Scoring model') model_id: number, @InContext() context: Context, @OptionalJsonBody(SimulationRequest) { days }: SimulationRequest,
  ) {
    const { simulation } = await this.requester.ask(SimulateModel, { context, model_id, days: days ?? USUAL_DAYS }, { timeoutMs: SIMULATED_WITHIN_MS });
    return { message: 'Scoring model simulated', data: simulation };
  }

  @Get('rescores')
  @Requires('scoring:admin')
  @Returns({ summary: 'List re-scores, the newest first', data: Rescore, list: true, examples: examples.listRescores })
  async listRescores(@InContext() context: Context, @Parameters(PageParameters) { cursor, limit = DEFAULT_LIMIT }: PageParameters) {
    const { rescores, next_cursor } = await this.requester.ask(ListRescores, { context, cursor, limit });
    return { message: 'Rescores listed', data: rescores, meta: { next_cursor } };
  }

  @Get('rescores/:id')
  @Requires('scoring:admin')
  @Returns({ summary: 'Read how far a re-score is', data: Rescore, examples: examples.getRescore })
  async getRescore(@PathId('Rescore') rescore_id: number, @InContext() context: Context) {
    return { message: 'Rescore found', data: (await this.requester.ask(GetRescore, { context, rescore_id })).rescore };
  }
}
