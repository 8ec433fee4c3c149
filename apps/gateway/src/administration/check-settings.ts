import { DomainError, isCurrency, type FieldError, type PatchTenantRequest, type TenantSettings } from '@headwater/contracts';

/** @throws DomainError `invalid` for a currency or time zone that there isn't */
export function checkSettings({ currency, time_zone }: { currency?: string | null; time_zone?: string | null }): void {
  const errors: FieldError[] = [];
  if (currency != null && !isCurrency(currency)) {
    errors.push({ field: 'currency', code: 'unknown_value', detail: `${currency} is no currency of ISO 4217` });
  }
  if (time_zone != null && !isTimeZone(time_zone)) {
    errors.push({ field: 'time_zone', code: 'unknown_value', detail: 'time_zone must be an IANA name, such as Europe/Berlin' });
  }
  if (errors.length) throw DomainError.invalid(errors);
}

function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false; // an offset is no zone: it knows no summer time
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

type Changeable = TenantSettings & { name: string | null };

/** The settings after a change: what is absent stays, lists are replaced, policies are merged, null takes back. */
export function changedSettings<Settings extends Changeable>(present: Settings, patch: PatchTenantRequest): Settings {
  for (const field of ['currency', 'time_zone'] as const) {
    if (patch[field] === null) throw DomainError.invalidField(field, 'required', `${field} can't be empty`);
  }
  // What is so already stays, also a currency that is no more.
  checkSettings({ ...patch, currency: patch.currency === present.currency ? undefined : patch.currency });
  const picklists = Object.entries(patch.picklists ?? {}).map(([name, list]) => [name, list ?? []]);
  const policies = Object.entries({ ...present.policies, ...patch.policies }).filter(([, value]) => value !== null);
  return {
    ...present,
    name: patch.name === undefined ? present.name : patch.name,
    currency: patch.currency ?? present.currency,
    time_zone: patch.time_zone ?? present.time_zone,
    picklists: { ...(patch.picklists === null ? { industries: [], sources: [] } : present.picklists), ...Object.fromEntries(picklists) },
    policies: patch.policies === null ? {} : Object.fromEntries(policies),
  };
}
