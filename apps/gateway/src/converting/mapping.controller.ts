import { Controller, Get, Post, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ConversionMapping, GetConversionMapping, Integer, PutConversionMapping, RestoreConversionMapping, type Context } from '@headwater/contracts';
import { Requester } from '@headwater/messaging';
import { Requires } from '../access/requires';
import { Returns } from '../documents/returns';
import { InContext } from '../input/incoming';
import { JsonBody, JsonDocument } from '../input/json-body';
import { Parameters } from '../input/parameters';
import { MappingAnswer } from './converting.answers';
import * as examples from './mapping.examples';

const MOST_VERSIONS = 1_000_000;

class MappingVersionParameter {
  @Integer(0, MOST_VERSIONS, { description: 'a former one, 0 for the one that every tenant begins with; the one that counts when absent' }) version?: number;
}
class RestoreMappingRequest {
  @Integer(0, MOST_VERSIONS, { required: true, description: 'the version that is to count again' }) version: number;
}

/** What becomes of a lead's fields when it is converted. */
@ApiTags('setup')
@Controller('api/v1/crm/conversion/mapping')
export class MappingController {
  constructor(private readonly requester: Requester) {}

  @Get()
  @Requires('admin')
  @Returns({ summary: 'Read the mapping of leads to records', data: MappingAnswer, examples: examples.getConversionMapping })
  async getConversionMapping(@InContext() context: Context, @Parameters(MappingVersionParameter) { version }: MappingVersionParameter) {
    return { message: 'Mapping found', data: await this.requester.ask(GetConversionMapping, { context, ...(version === undefined ? {} : { version }) }) };
  }

  @Put()
  @Requires('admin')
  @Returns({
    summary: 'Write a new version of the mapping', data: MappingAnswer,
    description: 'It counts from the next conversion on; a conversion keeps the version that it went by.', examples: examples.replaceConversionMapping,
  })
  async replaceConversionMapping(@InContext() context: Context, @JsonDocument(ConversionMapping) mapping: object) {
    return { message: 'Mapping replaced', data: await this.requester.ask(PutConversionMapping, { context, mapping }) };
  }

  @Post('restore')
  @Requires('admin')
  @Returns({ summary: 'Go back to a former version of the mapping', data: MappingAnswer, examples: examples.restoreConversionMapping })
  async restoreConversionMapping(@InContext() context: Context, @JsonBody(RestoreMappingRequest) { version }: RestoreMappingRequest) {
    return { message: 'Mapping restored', data: await this.requester.ask(RestoreConversionMapping, { context, version }) };
  }
}
