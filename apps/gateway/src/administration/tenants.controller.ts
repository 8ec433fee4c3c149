import { Controller, createParamDecorator, Delete, Get, Patch, Post, type ExecutionContext } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { CreateKeyRequest, CreateTenantRequest, DomainError, PatchTenantRequest } from '@headwater/contracts';
import { Requires } from '../access/requires';
import { ApiKey, NewApiKey, Tenant } from './tenants.answers';
import { documentMethod } from '../documents/document-method';
import { EXAMPLE_TENANT } from '../documents/example';
import { Returns } from '../documents/returns';
import { documentId } from '../documents/unknown-id';
import { From, type Incoming } from '../input/incoming';
import { JsonBody } from '../input/json-body';
import { DEFAULT_LIMIT, PageParameters, Parameters, PathId } from '../input/parameters';
import { ApiKeys } from './api-keys';
import { Tenants } from './tenants';
import * as examples from './tenants.examples';

/** The tenant in the path: any for the operator, for others their own; every other one isn't there. */
const PathTenant = (): ParameterDecorator => documentMethod(
  documentId('Tenant', { name: 'tenant', description: 'id of the tenant', schema: { type: 'string' }, example: EXAMPLE_TENANT }),
  createParamDecorator((_: unknown, context: ExecutionContext): string => {
    const { caller, params } = context.switchToHttp().getRequest<FastifyRequest<{ Params: { tenant: string } }>>();
    const isOperator = caller?.scopes.includes('operator');
    if (!isOperator && caller?.tenant?.id !== params.tenant) throw DomainError.notFound('Tenant');
    return params.tenant;
  })(),
);

@Controller('api/v1/admin/tenants')
export class TenantsController {
  constructor(private readonly tenants: Tenants, private readonly keys: ApiKeys) {}

  @Post()
  @ApiTags('tenants')
  @Requires('operator')
  @Returns({ summary: 'Create a tenant', data: Tenant, status: 201, examples: examples.createTenant })
  async createTenant(@From() from: Incoming, @JsonBody(CreateTenantRequest) body: CreateTenantRequest) {
    return { message: 'Tenant created', data: await this.tenants.create(from, body) };
  }

  @Get()
  @ApiTags('tenants')
  @Requires('operator')
  @Returns({ summary: 'List tenants', data: Tenant, list: true, examples: examples.listTenants })
  async listTenants(@Parameters(PageParameters) { cursor = '', limit = DEFAULT_LIMIT }: PageParameters) {
    const { tenants, next_cursor } = await this.tenants.page(cursor, limit);
    return { message: 'Tenants listed', data: tenants, meta: { next_cursor } };
  }

  @Get(':tenant')
  @ApiTags('tenants')
  @Requires('admin')
  @Returns({ summary: 'Read a tenant and its settings', data: Tenant, examples: examples.getTenant })
  async getTenant(@PathTenant() tenant: string) {
    return { message: 'Tenant found', data: await this.tenants.read(tenant) };
  }

  @Patch(':tenant')
  @ApiTags('tenants')
  @Requires('admin')
  @Returns({
    summary: 'Change the settings of a tenant', data: Tenant,
    description: 'Absent settings stay; a list that is given replaces the former one; a policy that is null goes back to its default.',
    examples: examples.updateTenant,
  })
  async updateTenant(@PathTenant() tenant: string, @From() from: Incoming, @JsonBody(PatchTenantRequest) body: PatchTenantRequest) {
    return { message: 'Tenant updated', data: await this.tenants.change(from, tenant, body) };
  }

  @Post(':tenant/keys')
  @ApiTags('api keys')
  @Requires('admin')
  @Returns({
    summary: 'Create an API key', data: NewApiKey, status: 201,
    description: 'The key is shown here only; a repetition with the same Idempotency-Key shows it again, for 48 hours. '
      + 'The role `guest` makes a key for public forms: it can only insert.',
    examples: examples.createApiKey,
  })
  async createApiKey(@PathTenant() tenant: string, @From() from: Incoming, @JsonBody(CreateKeyRequest) body: CreateKeyRequest) {
    return { message: 'API key created', data: await this.keys.create(from, tenant, body) };
  }

  @Get(':tenant/keys')
  @ApiTags('api keys')
  @Requires('admin')
  @Returns({ summary: 'List API keys, revoked ones too', data: ApiKey, list: true, examples: examples.listApiKeys })
  async listApiKeys(@PathTenant() tenant: string, @Parameters(PageParameters) { cursor = '0', limit = DEFAULT_LIMIT }: PageParameters) {
    const { keys, next_cursor } = await this.keys.page(tenant, cursor, limit);
    return { message: 'API keys listed', data: keys, meta: { next_cursor } };
  }

  @Delete(':tenant/keys/:id')
  @ApiTags('api keys')
  @Requires('admin')
  @Returns({ summary: 'Revoke an API key', data: ApiKey, examples: examples.revokeApiKey })
  async revokeApiKey(@PathTenant() tenant: string, @PathId('API key') id: number, @From() from: Incoming) {
    return { message: 'API key revoked', data: await this.keys.revoke(from, tenant, id) };
  }
}
