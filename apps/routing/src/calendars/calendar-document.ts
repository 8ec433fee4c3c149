import type { Calendar, CalendarRequest } from '@headwater/contracts';
import type { CalendarDocument, KeptCalendar, TenantZone } from '../store/calendars.store';

/** Its hours as they are stored. @param zone of the tenant: its own when it gives none */
export const documentOf = ({ time_zone, weekly, holidays, exceptions, countries }: CalendarRequest, zone: string): CalendarDocument => ({
  time_zone: time_zone ?? zone, weekly, holidays: holidays ?? null, exceptions: exceptions ?? [], countries: countries ?? [],
});

/** As it is stored. Its zone is the tenant's, and moves with it, when nobody gave one, or it came back as it was. */
export const keptFrom = (calendar: CalendarRequest, before: Calendar | null, { time_zone: zone, revision }: TenantZone): KeptCalendar => ({
  name: calendar.name.trim(), is_default: calendar.is_default ?? false, document: documentOf(calendar, zone), tenant_revision: revision,
  follows_tenant: calendar.time_zone === undefined || (before !== null && before.follows_tenant && before.time_zone === calendar.time_zone),
});

/** As it is kept in the log of changes. */
export function plain(
  { name, time_zone, follows_tenant, weekly, holidays, exceptions, countries, is_default }: Omit<Calendar, 'id' | 'created_at' | 'updated_at'>,
): object {
  return { name, time_zone, follows_tenant, weekly, holidays, exceptions, countries, is_default };
}
