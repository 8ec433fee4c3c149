import { Controller, Get, Post, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { GetMatchingModel, LearnMatchingModel, LearntModel, MatchingModelVersion, PutMatchingModel, type Context } from '@headwater/contracts';
import { Requester } from '@headwater/messaging';
import { Requires } from '../access/requires';
import { Returns } from '../documents/returns';
import { InContext } from '../input/incoming';
import { JsonDocument } from '../input/json-body';
import * as examples from './matching-model.examples';

/** It reads some thousand leads. */
const LEARNT_WITHIN_MS = 15_000;

/** By what leads are compared, and what agreement is worth. */
@ApiTags('setup')
@Controller('api/v1/crm/matching/model')
export class MatchingModelController {
  constructor(private readonly requester: Requester) {}

  @Get()
  @Requires('admin')
  @Returns({
    summary: 'Read how leads are matched', data: MatchingModelVersion, examples: examples.getMatchingModel,
    description: 'The active version; where a tenant has none, the defaults as version 0.',
  })
  async getMatchingModel(@InContext() context: Context) {
    const { model } = await this.requester.ask(GetMatchingModel, { context });
    return { message: 'Matching model found', data: model };
  }

  @Put()
  @Requires('admin')
  @Returns({
    summary: 'Write a new version of the matching model and activate it', data: MatchingModelVersion, examples: examples.replaceMatchingModel,
    description: 'Custom fields take part by `custom_fields.NAME` and a kind. Where other fields are compared than before, all leads are looked at anew. '
      + 'Companies that go by several names stand in `company_aliases`: they are one in finding and comparing; where one changes, its leads are looked at anew.',
  })
  async replaceMatchingModel(@InContext() context: Context, @JsonDocument('fields, duplicates, neighbours, bands, company_aliases') document: object) {
    const { model } = await this.requester.ask(PutMatchingModel, { context, document }, { timeoutMs: LEARNT_WITHIN_MS });
    return { message: 'Matching model activated', data: model };
  }

  @Post('learn')
  @Requires('admin')
  @Returns({
    summary: 'Estimate the weights from the leads, and activate them as a new version', data: LearntModel, examples: examples.learnMatchingModel,
    description: 'By expectation maximisation over a sample, without being told who is who; the answer says what has moved. '
      + 'Putting the former document back undoes it.',
  })
  async learnMatchingModel(@InContext() context: Context) {
    const { learnt } = await this.requester.ask(LearnMatchingModel, { context }, { timeoutMs: LEARNT_WITHIN_MS });
    return { message: 'Matching model learnt', data: learnt };
  }
}
