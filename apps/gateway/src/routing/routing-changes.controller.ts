import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Id, ListRoutingChanges, OneOf, ROUTING_CHANGE_KINDS, RoutingChange, type Context, type RoutingChangeKind } from '@headwater/contracts';
import { Requester } from '@headwater/messaging';
import { Requires } from '../access/requires';
import { Returns } from '../documents/returns';
import { InContext } from '../input/incoming';
import { DEFAULT_LIMIT, PageParameters, Parameters } from '../input/parameters';
import * as examples from './routing-changes.examples';

class ListRoutingChangesParameters extends PageParameters {
  @OneOf(ROUTING_CHANGE_KINDS) kind?: RoutingChangeKind;
  @Id({ description: 'of this one alone' }) record_id?: number;
}

/** Who changed people and places. */
@ApiTags('routing')
@Controller('api/v1/crm/routing/changes')
export class RoutingChangesController {
  constructor(private readonly requester: Requester) {}

  @Get()
  @Requires('routing:admin')
  @Returns({
    summary: 'List changes of reps, teams, territories and leave, newest first', data: RoutingChange, list: true,
    description: 'Each with who made it, and the fields that changed before and after.', examples: examples.listRoutingChanges,
  })
  async listRoutingChanges(@InContext() context: Context, @Parameters(ListRoutingChangesParameters) parameters: ListRoutingChangesParameters) {
    const { limit = DEFAULT_LIMIT, cursor, ...filter } = parameters;
    const { changes, next_cursor } = await this.requester.ask(ListRoutingChanges, { context, filter, limit, ...(cursor ? { cursor } : {}) });
    return { message: 'Changes listed', data: changes, meta: { next_cursor } };
  }
}
