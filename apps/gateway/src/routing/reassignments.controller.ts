import { Controller, Get, Post, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import {
  CreateReassignmentRequest, GetReassignment, ListReassignments, PreviewReassignment, PreviewReassignmentRequest, Reassignment, ReassignmentPreview,
  StartReassignment, type Context,
} from '@headwater/contracts';
import { Requester } from '@headwater/messaging';
import { Requires } from '../access/requires';
import { Returns } from '../documents/returns';
import { InContext } from '../input/incoming';
import { JsonBody } from '../input/json-body';
import { DEFAULT_LIMIT, PageParameters, Parameters, PathId } from '../input/parameters';
import * as examples from './reassignments.examples';

/** The open leads of somebody who leaves, or is away, go to others. */
@ApiTags('routing')
@Controller('api/v1/crm/routing/reassignments')
export class ReassignmentsController {
  constructor(private readonly requester: Requester) {}

  @Post('preview')
  @Requires('routing:admin')
  @Returns({
    summary: "Say who would get a rep's open leads", data: ReassignmentPreview,
    description: 'By the rules, in the turn of a pool, or all to one rep. The first 500 are tried, and nothing is written.', examples: examples.previewReassignment,
  })
  async previewReassignment(@InContext() context: Context, @JsonBody(PreviewReassignmentRequest) request: PreviewReassignmentRequest) {
    return { message: 'Reassignment tried', data: (await this.requester.ask(PreviewReassignment, { context, request })).preview };
  }

  @Post()
  @Requires('routing:admin')
  @Returns({
    summary: "Give a rep's open leads to others", data: Reassignment, status: 201, headers: ['Location'],
    description: 'By the rules, in the turn of a pool, or all to one rep; the former owner gets none of them back. '
      + 'It goes on by itself, a hundred leads at a time: read how far it is.',
    examples: examples.startReassignment,
  })
  async startReassignment(
    @InContext() context: Context, @JsonBody(CreateReassignmentRequest) request: CreateReassignmentRequest, @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { reassignment } = await this.requester.ask(StartReassignment, { context, request });
    void reply.header('location', `/api/v1/crm/routing/reassignments/${reassignment.id}`);
    return { message: 'Reassignment begun', data: reassignment };
  }

  @Get()
  @Requires('routing:admin')
  @Returns({ summary: 'List reassignments, newest first', data: Reassignment, list: true, examples: examples.listReassignments })
  async listReassignments(@InContext() context: Context, @Parameters(PageParameters) { limit = DEFAULT_LIMIT, cursor }: PageParameters) {
    const { reassignments, next_cursor } = await this.requester.ask(ListReassignments, { context, limit, ...(cursor ? { cursor } : {}) });
    return { message: 'Reassignments listed', data: reassignments, meta: { next_cursor } };
  }

  @Get(':id')
  @Requires('routing:admin')
  @Returns({ summary: 'Read how far a reassignment is', data: Reassignment, examples: examples.getReassignment })
  async getReassignment(@PathId('Reassignment') id: number, @InContext() context: Context) {
    return { message: 'Reassignment found', data: (await this.requester.ask(GetReassignment, { context, id })).reassignment };
  }
}
