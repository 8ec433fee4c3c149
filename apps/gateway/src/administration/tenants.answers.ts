import { Id, Instant, Nested, OneOf, TENANT_ROLES, TenantPicklists, TenantPoliciesRequest, Text, type Role } from '@headwater/contracts';

export class Tenant {
  @Text(40, { required: true, example: 'acme' }) id: string;
  @Text(200) name?: string | null;
  @Text(3, { required: true, example: 'EUR' }) currency: string;
  @Text(60, { required: true, example: 'Europe/Berlin' }) time_zone: string;
  @Nested(() => TenantPicklists, { required: true }) picklists: TenantPicklists;
  @Nested(() => TenantPoliciesRequest, { required: true }) policies: TenantPoliciesRequest;
  @Instant({ required: true }) created_at: string;
  @Instant({ required: true }) updated_at: string;
}

export class ApiKey {
  @Id({ required: true }) id: number;
  @OneOf(TENANT_ROLES, { required: true }) role: Role;
  @Text(100, { required: true }) name: string;
  @Instant({ required: true }) created_at: string;
  @Instant() revoked_at?: string | null;
}

export class NewApiKey extends ApiKey {
  @Text(60, { required: true, description: 'shown in this answer only; we keep its hash' }) key: string;
}
