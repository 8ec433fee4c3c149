import { Controller, Get, Patch, Post, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { CreateLeaveRequest, Flag, Id, Leave, PatchLeaveRequest, type Context } from '@headwater/contracts';
import { Requires } from '../access/requires';
import { Returns } from '../documents/returns';
import { InContext } from '../input/incoming';
import { JsonBody } from '../input/json-body';
import { PageParameters, Parameters, PathId } from '../input/parameters';
import { PeopleRecords } from './people-records';
import * as examples from './leave.examples';

class ListLeavesParameters extends PageParameters {
  @Flag() active?: boolean;
  @Id({ description: 'id of a rep' }) rep_id?: number;
}

/** When reps are away. */
@ApiTags('routing')
@Controller('api/v1/crm/routing/leave')
export class LeavesController {
  constructor(private readonly records: PeopleRecords) {}

  @Get()
  @Requires('routing:admin')
  @Returns({ summary: 'List leave, in the order in which it was entered', data: Leave, list: true, examples: examples.listLeaves })
  listLeaves(@InContext() context: Context, @Parameters(ListLeavesParameters) parameters: ListLeavesParameters) {
    return this.records.list(context, 'leave', 'Leave listed', parameters);
  }

  @Post()
  @Requires('routing:admin')
  @Returns({
    summary: 'Enter when a rep is away', data: Leave, status: 201, headers: ['Location'],
    description: 'From `from` on, up to `until`, they are given nothing by rules; the leads that they own are handed on by a reassignment, if at all.',
    examples: examples.createLeave,
  })
  createLeave(@InContext() context: Context, @JsonBody(CreateLeaveRequest) body: CreateLeaveRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    return this.records.create(context, 'leave', 'Leave created', body, (id) => reply.header('location', `/api/v1/crm/routing/leave/${id}`));
  }

  @Get(':id')
  @Requires('routing:admin')
  @Returns({ summary: 'Read a leave', data: Leave, examples: examples.getLeave })
  getLeave(@PathId('Leave') id: number, @InContext() context: Context) {
    return this.records.get(context, 'leave', 'Leave found', id);
  }

  @Patch(':id')
  @Requires('routing:admin')
  @Returns({
    summary: 'Change a leave, or cancel it', data: Leave,
    description: '`active: false` cancels it.',
    examples: examples.updateLeave,
  })
  updateLeave(@PathId('Leave') id: number, @InContext() context: Context, @JsonBody(PatchLeaveRequest) patch: PatchLeaveRequest) {
    return this.records.update(context, 'leave', 'Leave updated', id, patch);
  }
}
