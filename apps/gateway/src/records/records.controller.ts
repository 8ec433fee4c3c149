import { Controller, Get, Post, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import {
  Account, Contact, CreateOpportunity, CreateOpportunityRequest, Customer, GetAccount, GetContact, GetCustomer, GetOpportunity, Opportunity,
  SearchCustomers, Text, type Context,
} from '@headwater/contracts';
import { Requester } from '@headwater/messaging';
import { Requires } from '../access/requires';
import { Returns } from '../documents/returns';
import { withWarnings } from '../documents/with-warnings';
import { InContext } from '../input/incoming';
import { JsonBody } from '../input/json-body';
import { DEFAULT_LIMIT, LimitParameter, Parameters, PathId } from '../input/parameters';
import * as examples from './records.examples';

class SearchParameters extends LimitParameter {
  @Text(320, { required: true, description: 'e-mail, name, company or number' }) q: string;
}

/** What leads were converted into. */
@Controller('api/v1/crm')
export class RecordsController {
  constructor(private readonly requester: Requester) {}

  @Get('customers/search')
  @ApiTags('customers')
  @Requires('customers:read')
  @Returns({ summary: 'Search customers', data: Customer, list: true, examples: examples.searchCustomers })
  async searchCustomers(@InContext() context: Context, @Parameters(SearchParameters) { q, limit = DEFAULT_LIMIT }: SearchParameters) {
    const { customers } = await this.requester.ask(SearchCustomers, { context, q, limit });
    return { message: 'Customers listed', data: customers };
  }

  @Get('customers/:id')
  @ApiTags('customers')
  @Requires('customers:read')
  @Returns({ summary: 'Read a customer', data: Customer, examples: examples.getCustomer })
  async getCustomer(@PathId('Customer') id: number, @InContext() context: Context) {
    const { customer } = await this.requester.ask(GetCustomer, { context, id });
    return { message: 'Customer found', data: customer };
  }

  @Get('accounts/:id')
  @ApiTags('accounts')
  @Requires('customers:read')
  @Returns({ summary: 'Read an account', data: Account, examples: examples.getAccount })
  async getAccount(@PathId('Account') id: number, @InContext() context: Context) {
    const { account } = await this.requester.ask(GetAccount, { context, id });
    return { message: 'Account found', data: account };
  }

  @Get('contacts/:id')
  @ApiTags('contacts')
  @Requires('customers:read')
  @Returns({ summary: 'Read a contact', data: Contact, examples: examples.getContact })
  async getContact(@PathId('Contact') id: number, @InContext() context: Context) {
    const { contact } = await this.requester.ask(GetContact, { context, id });
    return { message: 'Contact found', data: contact };
  }

  @Get('opportunities/:id')
  @ApiTags('opportunities')
  @Requires('opportunities:read')
  @Returns({ summary: 'Read an opportunity', data: Opportunity, examples: examples.getOpportunity })
  async getOpportunity(@PathId('Opportunity') id: number, @InContext() context: Context) {
    const { opportunity } = await this.requester.ask(GetOpportunity, { context, id });
    return { message: 'Opportunity found', data: opportunity };
  }

  @Post('opportunities')
  @ApiTags('opportunities')
  @Requires('opportunities:write')
  @Returns({ summary: 'Create an opportunity of a customer', data: Opportunity, status: 201, headers: ['Location'], examples: examples.createOpportunity })
  async createOpportunity(
    @InContext() context: Context, @JsonBody(CreateOpportunityRequest) body: CreateOpportunityRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { opportunity, warnings } = await this.requester.ask(CreateOpportunity, { context, body });
    void reply.header('location', `/api/v1/crm/opportunities/${opportunity.id}`);
    return withWarnings({ message: 'Opportunity created', data: opportunity }, warnings);
  }
}
