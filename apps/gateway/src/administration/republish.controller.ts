import { Controller, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { DomainError, RepublishRequest, republishRequest, RepublishResult, type Service } from '@headwater/contracts';
import { Requester } from '@headwater/messaging';
import { Directory } from '../access/directory';
import { Requires } from '../access/requires';
import { Returns } from '../documents/returns';
import { From, type Incoming } from '../input/incoming';
import { JsonBody } from '../input/json-body';
import { PathService } from './path-service';
import * as examples from './operations.examples';

const TIMEOUT_MS = 30_000;

/** Lets an owner say again what it knows, for a consumer that is new or was emptied. */
@ApiTags('operations')
@Controller('api/v1/admin/republish')
export class RepublishController {
  constructor(private readonly requester: Requester, private readonly directory: Directory) {}

  @Post(':service')
  @Requires('operator')
  @Returns({
    summary: 'Republish the state that a service owns, one part of it', data: RepublishResult,
    description: 'One event for each entity, with the revision that it has, in the bulk lane: consumers that have it take no notice. '
      + 'Repeat it with `after` until `next` is null.',
    examples: examples.republishState,
  })
  async republishState(
    @PathService() service: Service, @From() { correlation_id }: Incoming, @JsonBody(RepublishRequest) { tenant, after }: RepublishRequest,
  ) {
    if (tenant && !await this.directory.findTenant(tenant)) {
      throw DomainError.invalidField('tenant', 'unknown_tenant', `There is no tenant ${tenant}`);
    }
    const question = { tenant, after: after ?? 0, correlation_id };
    const result = await this.requester.ask(republishRequest(service), question, { timeoutMs: TIMEOUT_MS });
    return { message: 'State republished', data: result };
  }
}
