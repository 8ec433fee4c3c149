import { DomainError } from '@headwater/contracts';
import { EXAMPLE_IDS, EXAMPLE_TENANT, refused, type Examples } from '../documents/example';

const CREATED_AT = '2026-03-01T08:30:00.125Z';
const SETTINGS = { id: EXAMPLE_TENANT, name: 'Acme', currency: 'USD', time_zone: 'America/New_York' };
const TENANT = { ...SETTINGS, picklists: { industries: [], sources: [] }, policies: {}, created_at: CREATED_AT, updated_at: CREATED_AT };

export const createTenant = {
  acme: { summary: 'A company that sells in dollars', body: SETTINGS, answer: { message: 'Tenant created', data: TENANT } },
  tenant_exists: { summary: 'An id that is taken', body: SETTINGS, ...refused(DomainError.conflict('tenant_exists', `There is a tenant ${EXAMPLE_TENANT} already`)) },
  not_valid: {
    summary: 'A currency that is none', body: { ...SETTINGS, currency: 'XXQ' },
    ...refused(DomainError.invalidField('currency', 'unknown_value', 'XXQ is no currency of ISO 4217')),
  },
} satisfies Examples;

export const listTenants = {
  a_page: { summary: 'A page of one, and where the next begins', parameters: { limit: 1, cursor: 'acm' }, answer: { message: 'Tenants listed', data: [TENANT], meta: { next_cursor: 'acme' } } },
} satisfies Examples;

export const getTenant = { acme: { summary: 'Its settings', answer: { message: 'Tenant found', data: TENANT } } } satisfies Examples;

export const updateTenant = {
  stricter: {
    summary: 'A lead needs an owner before it is converted', body: { policies: { require_owner: true }, picklists: { sources: ['podcast'] } },
    answer: { message: 'Tenant updated', data: { ...TENANT, picklists: { industries: [], sources: ['podcast'] }, policies: { require_owner: true } } },
  },
  not_valid: {
    summary: 'A time zone that is none', body: { time_zone: 'Springfield' },
    ...refused(DomainError.invalidField('time_zone', 'unknown_value', 'time_zone must be an IANA name, such as Europe/Berlin')),
  },
} satisfies Examples;

const KEY = { id: EXAMPLE_IDS['API key'], role: 'guest', name: 'website', created_at: CREATED_AT, revoked_at: null };

export const createApiKey = {
  public_form: {
    summary: 'For a form on the web site', body: { name: 'website', role: 'guest' },
    answer: { message: 'API key created', data: { ...KEY, key: 'hw_Zq3v0mJ1x9TtW5cY7rNfB2kLhD8sGaEu' } },
  },
  not_valid: {
    summary: 'A role that a tenant can not give', body: { name: 'root', role: 'operator' },
    ...refused(DomainError.invalidField('role', 'unknown_value', 'role must be one of guest, integration, rep, manager, admin')),
  },
} satisfies Examples;

export const listApiKeys = {
  a_page: {
    summary: 'Those of a system and of a form', parameters: { limit: 50 },
    answer: { message: 'API keys listed', data: [{ ...KEY, id: 6, role: 'admin', name: 'CRM sync' }, KEY], meta: { next_cursor: null } },
  },
} satisfies Examples;

export const revokeApiKey = {
  website: { summary: 'The form is taken down', answer: { message: 'API key revoked', data: { ...KEY, revoked_at: '2026-05-01T12:00:00.750Z' } } },
} satisfies Examples;
