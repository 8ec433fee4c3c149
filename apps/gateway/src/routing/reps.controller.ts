import { Controller, Get, Patch, Post, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { CreateRepRequest, Flag, Id, PatchRepRequest, Rep, Text, type Context } from '@headwater/contracts';
import { Requires } from '../access/requires';
import { Returns } from '../documents/returns';
import { InContext } from '../input/incoming';
import { JsonBody } from '../input/json-body';
import { PageParameters, Parameters, PathId } from '../input/parameters';
import { PeopleRecords } from './people-records';
import * as examples from './reps.examples';

class ListRepsParameters extends PageParameters {
  @Flag() active?: boolean;
  @Id({ description: 'id of a team' }) team_id?: number;
  @Text(200, { description: 'a part of the name' }) search?: string;
}

/** Whom leads go to. */
@ApiTags('routing')
@Controller('api/v1/crm/routing/reps')
export class RepsController {
  constructor(private readonly records: PeopleRecords) {}

  @Get()
  @Requires('routing:admin')
  @Returns({ summary: 'List reps, in the order in which they came', data: Rep, list: true, examples: examples.listReps })
  listReps(@InContext() context: Context, @Parameters(ListRepsParameters) parameters: ListRepsParameters) {
    return this.records.list(context, 'rep', 'Reps listed', parameters);
  }

  @Post()
  @Requires('routing:admin')
  @Returns({ summary: 'Add a rep', data: Rep, status: 201, headers: ['Location'], examples: examples.createRep })
  createRep(@InContext() context: Context, @JsonBody(CreateRepRequest) body: CreateRepRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    return this.records.create(context, 'rep', 'Rep created', body, (id) => reply.header('location', `/api/v1/crm/routing/reps/${id}`));
  }

  @Get(':id')
  @Requires('routing:admin')
  @Returns({ summary: 'Read a rep', data: Rep, examples: examples.getRep })
  getRep(@PathId('Rep') id: number, @InContext() context: Context) {
    return this.records.get(context, 'rep', 'Rep found', id);
  }

  @Patch(':id')
  @Requires('routing:admin')
  @Returns({
    summary: 'Change a rep, or take them out', data: Rep,
    description: 'Absent fields stay, null takes a field back to its usual value, lists are replaced. Who is not `active` is given nothing more; the leads that they own are handed on by a reassignment.',
    examples: examples.updateRep,
  })
  updateRep(@PathId('Rep') id: number, @InContext() context: Context, @JsonBody(PatchRepRequest) patch: PatchRepRequest) {
    return this.records.update(context, 'rep', 'Rep updated', id, patch);
  }
}
