import type { Calendar, CalendarRequest, Context } from '@headwater/contracts';
import type { CalendarDocument } from '../store/calendars.store';

/** As it is stored; without a zone in that of the tenant. */
export const documentOf = (
  { tenant }: Context, { time_zone, weekly, holidays, exceptions, countries }: Omit<CalendarRequest, 'name' | 'is_default'>,
): CalendarDocument => ({
  time_zone: time_zone ?? tenant.time_zone, weekly, holidays: holidays ?? null, exceptions: exceptions ?? [], countries: countries ?? [],
});

/** Whether its zone is the tenant's, and moves with it: nobody gave one, or it came back as it was. */
export const followsTenant = ({ time_zone }: Pick<CalendarRequest, 'time_zone'>, before: Calendar | null): boolean =>
  time_zone === undefined || (before !== null && before.follows_tenant && before.time_zone === time_zone);

/** As it is kept in the log of changes. */
export function plain(
  { name, time_zone, follows_tenant, weekly, holidays, exceptions, countries, is_default }: Omit<Calendar, 'id' | 'created_at' | 'updated_at'>,
): object {
  return { name, time_zone, follows_tenant, weekly, holidays, exceptions, countries, is_default };
}
