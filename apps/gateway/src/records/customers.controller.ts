import { Controller, Get, Patch, Post, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import {
  CreateCustomer, CreateCustomerRequest, Customer, GetCustomer, Id, ListCustomers, OneOf, PatchCustomerRequest, SearchCustomers, Text, UpdateCustomer,
  type Context,
} from '@headwater/contracts';
import { Requester } from '@headwater/messaging';
import { Requires } from '../access/requires';
import { Returns } from '../documents/returns';
import { IfMatch } from '../input/if-match';
import { InContext } from '../input/incoming';
import { JsonBody } from '../input/json-body';
import { DEFAULT_LIMIT, LimitParameter, PageParameters, Parameters, PathId } from '../input/parameters';
import * as examples from './customers.examples';
import { tag, versionIn } from './etag';

class ListCustomersParameters extends PageParameters {
  @Id() account_id?: number;
  @OneOf(['individual', 'organization']) type?: Customer['type'];
  @OneOf(['active', 'inactive']) status?: Customer['status'];
  @Id({ description: 'id of the rep' }) owner_id?: number;
  @Text(60) tag?: string;
}

class SearchParameters extends LimitParameter {
  @Text(320, { required: true, description: 'e-mail, name, company, number, or part of a phone number' }) q: string;
}

@ApiTags('customers')
@Controller('api/v1/crm/customers')
export class CustomersController {
  constructor(private readonly requester: Requester) {}

  @Get()
  @Requires('customers:read')
  @Returns({ summary: 'List customers, newest first', data: Customer, list: true, examples: examples.listCustomers })
  async listCustomers(@InContext() context: Context, @Parameters(ListCustomersParameters) parameters: ListCustomersParameters) {
    const { limit = DEFAULT_LIMIT, cursor, ...filter } = parameters;
    const { customers, next_cursor } = await this.requester.ask(ListCustomers, { context, filter, limit, ...(cursor ? { cursor } : {}) });
    return { message: 'Customers listed', data: customers, meta: { next_cursor } };
  }

  @Get('search')
  @Requires('customers:read')
  @Returns({
    summary: 'Search customers, the best first', data: Customer, list: true, examples: examples.searchCustomers,
    description: 'First the very number or e-mail; then names that are the query, then those that begin with it; then those that have all its words, by their '
      + 'beginnings and in any order, or a phone with its digits (four at least); then words of the person and of the company together. Within each, the newest '
      + 'first. Capitals, accents and punctuation make no difference.',
  })
  async searchCustomers(@InContext() context: Context, @Parameters(SearchParameters) { q, limit = DEFAULT_LIMIT }: SearchParameters) {
    const { customers } = await this.requester.ask(SearchCustomers, { context, q, limit });
    return { message: 'Customers listed', data: customers };
  }

  @Post()
  @Requires('customers:write')
  @Returns({ summary: 'Make a contact a customer', data: Customer, status: 201, headers: ['Location', 'ETag'], examples: examples.createCustomer })
  async createCustomer(
    @InContext() context: Context, @JsonBody(CreateCustomerRequest) body: CreateCustomerRequest, @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { customer, version } = await this.requester.ask(CreateCustomer, { context, body });
    void reply.header('location', `/api/v1/crm/customers/${customer.id}`);
    tag(reply, version);
    return { message: 'Customer created', data: customer };
  }

  @Get(':id')
  @Requires('customers:read')
  @Returns({ summary: 'Read a customer', data: Customer, headers: ['ETag'], examples: examples.getCustomer })
  async getCustomer(@PathId('Customer') id: number, @InContext() context: Context, @Res({ passthrough: true }) reply: FastifyReply) {
    const { customer, version } = await this.requester.ask(GetCustomer, { context, id });
    tag(reply, version);
    return { message: 'Customer found', data: customer };
  }

  @Patch(':id')
  @Requires('customers:write')
  @Returns({
    summary: 'Change a customer', data: Customer, headers: ['ETag'],
    description: 'Names, e-mail and phone are written to its contact, the name of the company to its account. Absent fields stay, null empties, '
      + '`custom_fields` are merged by key, `tags` replaced.', examples: examples.updateCustomer,
  })
  async updateCustomer(
    @PathId('Customer') id: number, @InContext() context: Context, @IfMatch() ifMatch: string | undefined,
    @JsonBody(PatchCustomerRequest) patch: PatchCustomerRequest, @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { customer, version } = await this.requester.ask(UpdateCustomer, { context, id, patch, ...versionIn(ifMatch) });
    tag(reply, version);
    return { message: 'Customer updated', data: customer };
  }
}
