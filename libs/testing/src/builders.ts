import { v7 as uuidv7 } from 'uuid';
import {
  ROLE_SCOPES, type CaptureAnswer, type CaptureItem, type CaptureResult, type Context, type CreateLead, type IntakeState, type TenantSettings,
} from '@headwater/contracts';

export const testTenant = (id = 'demo'): TenantSettings => ({
  id, currency: 'USD', time_zone: 'America/New_York', picklists: { industries: [], sources: [] }, policies: {},
});

/** For a test in which a day is not to end. */
export function zoneWhereItIsNoon(): string {
  const ahead = 12 - new Date().getUTCHours();
  return `Etc/GMT${ahead > 0 ? '-' : '+'}${Math.abs(ahead)}`; // zones of these names are less the further east they are
}

let correlation = 0;

/** A context as the gateway makes it: an admin of the tenant `demo`, unless told otherwise. */
export function testContext({ tenant, ...rest }: Partial<Omit<Context, 'tenant'>> & { tenant?: string | TenantSettings } = {}): Context {
  return {
    tenant: typeof tenant === 'object' ? tenant : testTenant(tenant),
    actor: { kind: 'user', id: 'test-admin', name: 'Test Admin', email: 'admin@example.com' },
    scopes: [...ROLE_SCOPES.admin],
    correlation_id: `test-${(correlation += 1)}`,
    ...rest,
  };
}

type Given<T> = { [K in keyof T]?: T[K] extends object | null | undefined ? Partial<NonNullable<T[K]>> | null : T[K] };

/** A lead as intake announces it; what isn't given is plausible. */
export function intakeState(given: Given<IntakeState> & { lead_id: number }): IntakeState {
  const { profile, facts, attribution, ...rest } = given;
  return {
    revision: 1,
    created_at: '2026-11-20T09:00:00.000Z',
    updated_at: '2026-11-20T09:00:00.000Z',
    ...rest,
    profile: {
      first_name: 'Sarah', last_name: 'Johnson', full_name: 'Sarah Johnson', company_name: 'TechCorp Inc', job_title: 'CTO',
      industry: 'technology', employees: 250, email: `sarah.johnson+${given.lead_id}@techcorp.com`, phone: '+1-555-0123',
      country: 'US', ...profile,
    },
    facts: {
      email_valid: true, phone_valid: false, mobile_valid: null, email_kind: 'business', company_domain: 'techcorp.com', ...facts,
    },
    attribution: { source: 'web', channel: 'direct', entry: 'api', ...attribution },
  } as IntakeState;
}

/** A submission by a key of the tenant `demo`, unless told otherwise. */
export const captureItem = (lead: CreateLead, more: Partial<CaptureItem> = {}): CaptureItem => ({
  submission_id: uuidv7(), received_at: new Date().toISOString(), tenant: 'demo', actor: { kind: 'api_key', id: 'key-1' },
  anonymous: false, entry: 'api', lead, correlation_id: 'test', ...more,
});

/** The answer to a submission that was to reach a lead. @throws when it was refused or set aside */
export function takenIn(result: CaptureResult): CaptureAnswer & { lead: IntakeState } {
  if (!result.ok) throw new Error(result.error.detail);
  const { answer } = result;
  if (!answer.lead) throw new Error(`The submission was ${answer.verdict}: ${answer.because}`);
  return { ...answer, lead: answer.lead };
}
