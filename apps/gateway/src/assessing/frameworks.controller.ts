import { Controller, Get, Post, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  AddFramework, FrameworkRequest, FrameworkVersion, GatePolicy, GatePolicyVersion, GetFramework, GetGatePolicy, Integer, ListFrameworks, PutGatePolicy,
  type Context,
} from '@headwater/contracts';
import { Requester } from '@headwater/messaging';
import { Requires } from '../access/requires';
import { Returns } from '../documents/returns';
import { InContext } from '../input/incoming';
import { JsonBody } from '../input/json-body';
import { Parameters, PathName } from '../input/parameters';
import * as examples from './frameworks.examples';

class FrameworkParameters {
  @Integer(0, 1_000_000, { description: 'the one in force when absent; 0 for what is built in' }) version?: number;
}

/** By what leads are judged, and what it takes to qualify one. */
@ApiTags('setup')
@Controller('api/v1/crm/qualification')
export class FrameworksController {
  constructor(private readonly requester: Requester) {}

  @Get('frameworks')
  @Requires('leads:read')
  @Returns({
    summary: 'List the ways of judging leads', data: FrameworkVersion, list: true, examples: examples.listFrameworks,
    description: 'Those in force: BANT and MEDDIC, and your own.',
  })
  async listFrameworks(@InContext() context: Context) {
    const { frameworks } = await this.requester.ask(ListFrameworks, { context });
    return { message: 'Frameworks listed', data: frameworks };
  }

  @Post('frameworks')
  @Requires('admin')
  @Returns({
    summary: 'Write the next version of a way of judging leads', data: FrameworkVersion, status: 201, examples: examples.addFramework,
    description: 'It is in force from then on. What was judged before stays as it was judged; where a lead stands now is counted by the new version.',
  })
  async addFramework(@InContext() context: Context, @JsonBody(FrameworkRequest) body: FrameworkRequest) {
    const { framework } = await this.requester.ask(AddFramework, { context, framework: body });
    return { message: 'Framework in force', data: framework };
  }

  @Get('frameworks/:code')
  @Requires('leads:read')
  @Returns({ summary: 'Read a way of judging leads', data: FrameworkVersion, examples: examples.getFramework })
  async getFramework(
    @PathName('Framework', 'bant') name: string, @InContext() context: Context, @Parameters(FrameworkParameters) { version }: FrameworkParameters,
  ) {
    const { framework } = await this.requester.ask(GetFramework, { context, name, ...(version === undefined ? {} : { version }) });
    return { message: 'Framework found', data: framework };
  }

  @Get('gate-policy')
  @Requires('leads:read')
  @Returns({
    summary: 'Read what it takes to qualify a lead', data: GatePolicyVersion, examples: examples.getGatePolicy,
    description: 'Where a tenant has no policy of its own, the default as version 0: what is missing is a warning.',
  })
  async getGatePolicy(@InContext() context: Context) {
    const { policy } = await this.requester.ask(GetGatePolicy, { context });
    return { message: 'Gate policy found', data: policy };
  }

  @Put('gate-policy')
  @Requires('admin')
  @Returns({
    summary: 'Write what it takes to qualify a lead', data: GatePolicyVersion, examples: examples.replaceGatePolicy,
    description: 'The gate of a lead is that of the first segment whose condition holds, else the default one. It is in force from then on.',
  })
  async replaceGatePolicy(@InContext() context: Context, @JsonBody(GatePolicy) document: GatePolicy) {
    const { policy } = await this.requester.ask(PutGatePolicy, { context, document });
    return { message: 'Gate policy in force', data: policy };
  }
}
