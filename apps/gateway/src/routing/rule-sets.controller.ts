import { Controller, Delete, Get, Post, Put, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import {
  ActivateRuleSet, DeleteRuleSet, DraftRuleSet, GetRuleSet, ListRuleSets, RuleSetRequest, RuleSetView, type Context,
} from '@headwater/contracts';
import { Requester } from '@headwater/messaging';
import { Requires } from '../access/requires';
import { Returns } from '../documents/returns';
import { InContext } from '../input/incoming';
import { JsonBody } from '../input/json-body';
import { DEFAULT_LIMIT, PageParameters, Parameters, PathId } from '../input/parameters';
import * as examples from './rule-sets.examples';

/** The rules by which leads are routed, in versions. */
@ApiTags('routing')
@Controller('api/v1/crm/routing/rule-sets')
export class RuleSetsController {
  constructor(private readonly requester: Requester) {}

  @Get()
  @Requires('routing:admin')
  @Returns({ summary: 'List versions of the routing rules, newest first', data: RuleSetView, list: true, examples: examples.listRuleSets })
  async listRuleSets(@InContext() context: Context, @Parameters(PageParameters) { limit = DEFAULT_LIMIT, cursor }: PageParameters) {
    const { rule_sets, next_cursor } = await this.requester.ask(ListRuleSets, { context, limit, ...(cursor ? { cursor } : {}) });
    return { message: 'Rule sets listed', data: rule_sets, meta: { next_cursor } };
  }

  @Post()
  @Requires('routing:admin')
  @Returns({
    summary: 'Draft a version of the routing rules', data: RuleSetView, status: 201, headers: ['Location'], examples: examples.createRuleSet,
    description: 'No lead is routed by it before it is activated. What may stand in it: docs/routing-rules.md.',
  })
  async createRuleSet(@InContext() context: Context, @JsonBody(RuleSetRequest) body: RuleSetRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    const { rule_set } = await this.requester.ask(DraftRuleSet, { context, ...body });
    void reply.header('location', `/api/v1/crm/routing/rule-sets/${rule_set.id}`);
    return { message: 'Rule set drafted', data: rule_set };
  }

  @Post('rollback')
  @Requires('routing:admin')
  @Returns({
    summary: 'Activate the rules that the present ones replaced', data: RuleSetView, examples: examples.rollBackRuleSets,
    description: 'Once more leads one further back. People stay as they are.',
  })
  async rollBackRuleSets(@InContext() context: Context) {
    const { rule_set } = await this.requester.ask(ActivateRuleSet, { context });
    return { message: 'Rule set activated', data: rule_set };
  }

  @Get(':id')
  @Requires('routing:admin')
  @Returns({ summary: 'Read a version of the routing rules', data: RuleSetView, examples: examples.getRuleSet })
  async getRuleSet(@PathId('Rule set') id: number, @InContext() context: Context) {
    const { rule_set } = await this.requester.ask(GetRuleSet, { context, id });
    return { message: 'Rule set found', data: rule_set };
  }

  @Put(':id')
  @Requires('routing:admin')
  @Returns({ summary: 'Replace a draft', data: RuleSetView, examples: examples.replaceRuleSet })
  async replaceRuleSet(@PathId('Rule set') id: number, @InContext() context: Context, @JsonBody(RuleSetRequest) body: RuleSetRequest) {
    const { rule_set } = await this.requester.ask(DraftRuleSet, { context, id, ...body });
    return { message: 'Rule set replaced', data: rule_set };
  }

  @Delete(':id')
  @Requires('routing:admin')
  @Returns({ summary: 'Delete a draft', data: RuleSetView, examples: examples.deleteRuleSet })
  async deleteRuleSet(@PathId('Rule set') id: number, @InContext() context: Context) {
    const { rule_set } = await this.requester.ask(DeleteRuleSet, { context, id });
    return { message: 'Rule set deleted', data: rule_set };
  }

  @Post(':id/activate')
  @Requires('routing:admin')
  @Returns({
    summary: 'Route by a version of the rules from now on', data: RuleSetView, examples: examples.activateRuleSet,
    description: 'Between two batches of leads, all or nothing; also one that was active before.',
  })
  async activateRuleSet(@PathId('Rule set') id: number, @InContext() context: Context) {
    const { rule_set } = await this.requester.ask(ActivateRuleSet, { context, id });
    return { message: 'Rule set activated', data: rule_set };
  }
}
