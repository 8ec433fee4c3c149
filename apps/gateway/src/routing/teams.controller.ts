import { Controller, Get, Patch, Post, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { CreateTeamRequest, Flag, PatchTeamRequest, Team, Text, type Context } from '@headwater/contracts';
import { Requires } from '../access/requires';
import { Returns } from '../documents/returns';
import { InContext } from '../input/incoming';
import { JsonBody } from '../input/json-body';
import { PageParameters, Parameters, PathId } from '../input/parameters';
import { PeopleRecords } from './people-records';
import * as examples from './teams.examples';

class ListTeamsParameters extends PageParameters {
  @Flag() active?: boolean;
  @Text(200, { description: 'a part of the name' }) search?: string;
}

/** Reps who work together, and who is told when something of theirs escalates. */
@ApiTags('routing')
@Controller('api/v1/crm/routing/teams')
export class TeamsController {
  constructor(private readonly records: PeopleRecords) {}

  @Get()
  @Requires('routing:admin')
  @Returns({ summary: 'List teams, in the order in which they came', data: Team, list: true, examples: examples.listTeams })
  listTeams(@InContext() context: Context, @Parameters(ListTeamsParameters) parameters: ListTeamsParameters) {
    return this.records.list(context, 'team', 'Teams listed', parameters);
  }

  @Post()
  @Requires('routing:admin')
  @Returns({ summary: 'Add a team', data: Team, status: 201, headers: ['Location'], examples: examples.createTeam })
  createTeam(@InContext() context: Context, @JsonBody(CreateTeamRequest) body: CreateTeamRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    return this.records.create(context, 'team', 'Team created', body, (id) => reply.header('location', `/api/v1/crm/routing/teams/${id}`));
  }

  @Get(':id')
  @Requires('routing:admin')
  @Returns({ summary: 'Read a team', data: Team, examples: examples.getTeam })
  getTeam(@PathId('Team') id: number, @InContext() context: Context) {
    return this.records.get(context, 'team', 'Team found', id);
  }

  @Patch(':id')
  @Requires('routing:admin')
  @Returns({
    summary: 'Change a team', data: Team,
    description: 'Absent fields stay, null takes a field back to its usual value, `managers` are replaced. Reps without working hours of their own have those of their team.',
    examples: examples.updateTeam,
  })
  updateTeam(@PathId('Team') id: number, @InContext() context: Context, @JsonBody(PatchTeamRequest) patch: PatchTeamRequest) {
    return this.records.update(context, 'team', 'Team updated', id, patch);
  }
}
