import { Controller, Get, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  GetFairness, Instant, RoutingFairness, SimulatedRouting, SimulateRouting, SimulateRoutingRequest, type Context,
} from '@headwater/contracts';
import { Requester } from '@headwater/messaging';
import { Requires } from '../access/requires';
import { Returns } from '../documents/returns';
import { InContext } from '../input/incoming';
import { JsonBody } from '../input/json-body';
import { Parameters } from '../input/parameters';
import * as examples from './insight.examples';

class FairnessParameters {
  @Instant({ description: '30 days before `until` when absent' }) from?: string;
  @Instant({ description: 'the first moment after it; now when absent' }) until?: string;
}

/** What rules would do, and what they did. */
@ApiTags('routing')
@Controller('api/v1/crm/routing')
export class InsightController {
  constructor(private readonly requester: Requester) {}

  @Post('simulate')
  @Requires('routing:admin')
  @Returns({
    summary: 'See who would get leads by a version of the rules', data: SimulatedRouting, examples: examples.simulateRouting,
    description: 'Nothing is written, and no counter moves. Up to 200 leads or sets of facts, or the newest 2,000 leads of up to 90 days.',
  })
  async simulateRouting(@InContext() context: Context, @JsonBody(SimulateRoutingRequest) body: SimulateRoutingRequest) {
    const { simulation } = await this.requester.ask(SimulateRouting, { context, ...body });
    return { message: 'Routing simulated', data: simulation };
  }

  @Get('fairness')
  @Requires('routing:admin')
  @Returns({
    summary: 'Read how leads were shared out', data: RoutingFairness, examples: examples.getRoutingFairness,
    description: 'Per pool and rep, by how the rep was found. Of at most 92 days.',
  })
  async getRoutingFairness(@InContext() context: Context, @Parameters(FairnessParameters) parameters: FairnessParameters) {
    const { fairness } = await this.requester.ask(GetFairness, { context, ...parameters });
    return { message: 'Fairness measured', data: fairness };
  }
}
