import { Controller, Get, Patch, Post, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import {
  Account, CreateAccount, CreateAccountRequest, GetAccount, Id, ListAccounts, OneOf, PatchAccountRequest, Text, UpdateAccount, type Context,
} from '@headwater/contracts';
import { Requester } from '@headwater/messaging';
import { Requires } from '../access/requires';
import { Returns } from '../documents/returns';
import { withWarnings } from '../documents/with-warnings';
import { IfMatch } from '../input/if-match';
import { InContext } from '../input/incoming';
import { JsonBody } from '../input/json-body';
import { DEFAULT_LIMIT, PageParameters, Parameters, PathId } from '../input/parameters';
import * as examples from './accounts.examples';
import { tag, versionIn } from './etag';

class ListAccountsParameters extends PageParameters {
  @Text(320, { description: 'words of the name or the domain, by their beginnings' }) q?: string;
  @OneOf(['company', 'person']) kind?: Account['kind'];
  @Text(253) domain?: string;
  @Text(2) country?: string;
  @Id({ description: 'id of the rep' }) owner_id?: number;
  @Text(60) tag?: string;
}

@ApiTags('accounts')
@Controller('api/v1/crm/accounts')
export class AccountsController {
  constructor(private readonly requester: Requester) {}

  @Get()
  @Requires('customers:read')
  @Returns({ summary: 'List accounts, newest first', data: Account, list: true, examples: examples.listAccounts })
  async listAccounts(@InContext() context: Context, @Parameters(ListAccountsParameters) parameters: ListAccountsParameters) {
    const { limit = DEFAULT_LIMIT, cursor, ...filter } = parameters;
    const { accounts, next_cursor } = await this.requester.ask(ListAccounts, { context, filter, limit, ...(cursor ? { cursor } : {}) });
    return { message: 'Accounts listed', data: accounts, meta: { next_cursor } };
  }

  @Post()
  @Requires('customers:write')
  @Returns({ summary: 'Create an account', data: Account, status: 201, headers: ['Location', 'ETag'], examples: examples.createAccount })
  async createAccount(
    @InContext() context: Context, @JsonBody(CreateAccountRequest) body: CreateAccountRequest, @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { account, version, warnings } = await this.requester.ask(CreateAccount, { context, body });
    void reply.header('location', `/api/v1/crm/accounts/${account.id}`);
    tag(reply, version);
    return withWarnings({ message: 'Account created', data: account }, warnings);
  }

  @Get(':id')
  @Requires('customers:read')
  @Returns({ summary: 'Read an account', data: Account, headers: ['ETag'], examples: examples.getAccount })
  async getAccount(@PathId('Account') id: number, @InContext() context: Context, @Res({ passthrough: true }) reply: FastifyReply) {
    const { account, version } = await this.requester.ask(GetAccount, { context, id });
    tag(reply, version);
    return { message: 'Account found', data: account };
  }

  @Patch(':id')
  @Requires('customers:write')
  @Returns({
    summary: 'Change an account', data: Account, headers: ['ETag'],
    description: 'Absent fields stay, null empties, `custom_fields` are merged by key, `tags` replaced.', examples: examples.updateAccount,
  })
  async updateAccount(
    @PathId('Account') id: number, @InContext() context: Context, @IfMatch() ifMatch: string | undefined,
    @JsonBody(PatchAccountRequest) patch: PatchAccountRequest, @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { account, version } = await this.requester.ask(UpdateAccount, { context, id, patch, ...versionIn(ifMatch) });
    tag(reply, version);
    return { message: 'Account updated', data: account };
  }
}
