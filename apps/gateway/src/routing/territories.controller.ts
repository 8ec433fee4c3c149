import { Controller, Get, Patch, Post, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { CreateTerritoryRequest, Flag, Id, PatchTerritoryRequest, Territory, Text, type Context } from '@headwater/contracts';
import { Requires } from '../access/requires';
import { Returns } from '../documents/returns';
import { InContext } from '../input/incoming';
import { JsonBody } from '../input/json-body';
import { PageParameters, Parameters, PathId } from '../input/parameters';
import { PeopleRecords } from './people-records';
import * as examples from './territories.examples';

class ListTerritoriesParameters extends PageParameters {
  @Flag() active?: boolean;
  @Id({ description: 'parts of this one' }) parent_id?: number;
  @Text(200, { description: 'a part of the name' }) search?: string;
}

/** Parts of the market, and who owns them. */
@ApiTags('routing')
@Controller('api/v1/crm/routing/territories')
export class TerritoriesController {
  constructor(private readonly records: PeopleRecords) {}

  @Get()
  @Requires('routing:admin')
  @Returns({ summary: 'List territories, in the order in which they came', data: Territory, list: true, examples: examples.listTerritories })
  listTerritories(@InContext() context: Context, @Parameters(ListTerritoriesParameters) parameters: ListTerritoriesParameters) {
    return this.records.list(context, 'territory', 'Territories listed', parameters);
  }

  @Post()
  @Requires('routing:admin')
  @Returns({
    summary: 'Add a territory', data: Territory, status: 201, headers: ['Location'],
    description: 'A lead belongs to the most specific one: named account before postal code, region and country; of several the deeper one.',
    examples: examples.createTerritory,
  })
  createTerritory(@InContext() context: Context, @JsonBody(CreateTerritoryRequest) body: CreateTerritoryRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    return this.records.create(context, 'territory', 'Territory created', body, (id) => reply.header('location', `/api/v1/crm/routing/territories/${id}`));
  }

  @Get(':id')
  @Requires('routing:admin')
  @Returns({ summary: 'Read a territory', data: Territory, examples: examples.getTerritory })
  getTerritory(@PathId('Territory') id: number, @InContext() context: Context) {
    return this.records.get(context, 'territory', 'Territory found', id);
  }

  @Patch(':id')
  @Requires('routing:admin')
  @Returns({
    summary: 'Change a territory, or move it in the tree', data: Territory,
    description: 'Absent fields stay, null empties, lists are replaced. Leads that are owned already stay where they are.',
    examples: examples.updateTerritory,
  })
  updateTerritory(@PathId('Territory') id: number, @InContext() context: Context, @JsonBody(PatchTerritoryRequest) patch: PatchTerritoryRequest) {
    return this.records.update(context, 'territory', 'Territory updated', id, patch);
  }
}
