import { Controller, Get, Post, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { GetChannels, Integer, PutChannels, TryChannels, TryChannelsRequest, type Context } from '@headwater/contracts';
import { Requester } from '@headwater/messaging';
import { Requires } from '../access/requires';
import { Returns } from '../documents/returns';
import { InContext } from '../input/incoming';
import { JsonBody, JsonDocument } from '../input/json-body';
import { Parameters } from '../input/parameters';
import { ChannelTableAnswer, ChannelTrial } from './attribution.answers';
import * as examples from './channels.examples';

class VersionParameter {
  @Integer(0, 1_000_000, { description: 'a former one, 0 for the one that every tenant begins with; the one that counts when absent' }) version?: number;
}

/** How a tenant tells marketing's channels apart. */
@ApiTags('setup')
@Controller('api/v1/crm/channels')
export class ChannelsController {
  constructor(private readonly requester: Requester) {}

  @Get()
  @Requires('admin')
  @Returns({ summary: 'Read the channel table', data: ChannelTableAnswer, examples: examples.getChannels })
  async getChannels(@InContext() context: Context, @Parameters(VersionParameter) { version }: VersionParameter) {
    return { message: 'Channel table found', data: await this.requester.ask(GetChannels, { context, ...(version === undefined ? {} : { version }) }) };
  }

  @Put()
  @Requires('admin')
  @Returns({
    summary: 'Write a new version of the channel table', data: ChannelTableAnswer,
    description: 'It counts from the next submission on; touches keep the channel that they were given.', examples: examples.replaceChannels,
  })
  async replaceChannels(@InContext() context: Context, @JsonDocument('rules, otherwise') table: object) {
    return { message: 'Channel table replaced', data: await this.requester.ask(PutChannels, { context, table }) };
  }

  @Post('try')
  @Requires('admin')
  @Returns({ summary: 'See which channel a submission would count for, and by which rule', data: ChannelTrial, examples: examples.tryChannels })
  async tryChannels(@InContext() context: Context, @JsonBody(TryChannelsRequest) origin: TryChannelsRequest) {
    return { message: 'Channel decided', data: await this.requester.ask(TryChannels, { context, origin }) };
  }
}
