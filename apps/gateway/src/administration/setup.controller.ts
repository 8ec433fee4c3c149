import { Controller, Get, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { GetModel, GetPackedSetup, PutModel, PutPackedSetup, ScoringModelVersion, type Context } from '@headwater/contracts';
import { pack, Requester, unpack } from '@headwater/messaging';
import { Requires } from '../access/requires';
import { RoutingSetupAnswer, RoutingSetupVersion } from './setup.answers';
import { Returns } from '../documents/returns';
import { InContext } from '../input/incoming';
import { JsonDocument } from '../input/json-body';
import * as examples from './setup.examples';

/** Thousands of reps and territories. */
const MOST_SETUP_BYTES = 4 * 1024 * 1024;

/** How a tenant's leads are routed and scored: documents that their services check and keep. */
@ApiTags('setup')
@Controller('api/v1/crm')
export class SetupController {
  constructor(private readonly requester: Requester) {}

  @Get('routing/setup')
  @Requires('routing:admin')
  @Returns({ summary: 'Read people, pools and rules', data: RoutingSetupAnswer, examples: examples.getRoutingSetup })
  async getRoutingSetup(@InContext() context: Context) {
    return { message: 'Routing setup found', data: unpack((await this.requester.ask(GetPackedSetup, { context })).packed) };
  }

  @Put('routing/setup')
  @Requires('routing:admin')
  @Returns({ summary: 'Replace people, pools and rules, all or nothing', data: RoutingSetupVersion, examples: examples.replaceRoutingSetup })
  async replaceRoutingSetup(@InContext() context: Context, @JsonDocument('teams, reps, pools, rule_set; territories and leave stay where they are absent', MOST_SETUP_BYTES) setup: object) {
    return { message: 'Routing setup replaced', data: unpack((await this.requester.ask(PutPackedSetup, { context, packed: pack(setup) })).packed) };
  }

  @Get('scoring/model')
  @Requires('scoring:admin')
  @Returns({ summary: 'Read the active scoring model', data: ScoringModelVersion, examples: examples.getScoringModel })
  async getScoringModel(@InContext() context: Context) {
    const { model } = await this.requester.ask(GetModel, { context });
    return { message: 'Scoring model found', data: model };
  }

  @Put('scoring/model')
  @Requires('scoring:admin')
  @Returns({
    summary: 'Write a new version of the scoring model and activate it', data: ScoringModelVersion, examples: examples.replaceScoringModel,
    description: 'A draft and its activation in one step: all leads are scored anew, `GET /scoring/rescores` says how far that is.',
  })
  async replaceScoringModel(@InContext() context: Context, @JsonDocument('the model') document: object) {
    const { model } = await this.requester.ask(PutModel, { context, document });
    return { message: 'Scoring model activated', data: model };
  }
}
