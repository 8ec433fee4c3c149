import { Injectable } from '@nestjs/common';
import {
  DomainError, type AnswerOf, type Calendar, type Context, type DeleteCalendar, type Envelope, type GetCalendar, type ListCalendars,
  type PutCalendar, type QuestionOf, type TenantChangedData, type TenantSettings,
} from '@headwater/contracts';
import { attemptOf, once } from '@headwater/messaging';
import { cutPage, Database, numberIn, type Queries, type Tx } from '@headwater/platform';
import { byWhom } from '../by-whom';
import { checkCalendar, officeHours } from '../domain/calendars';
import { difference, type RecordChange } from '../domain/people';
import { MOST_CALENDARS } from '../domain/setup/setup-hours';
import { CalendarsStore, type TenantZone } from '../store/calendars.store';
import { RotationStore } from '../store/rotation.store';
import { RoutingChangesStore } from '../store/routing-changes.store';
import { documentOf, keptFrom, plain } from './calendar-document';

const SYSTEM = 'system';

/** When people of a tenant work: calendars that reps, teams and SLA policies go by. */
@Injectable()
export class KeepCalendars {
  constructor(
    private readonly database: Database, private readonly calendars: CalendarsStore, private readonly rotation: RotationStore,
    private readonly changes: RoutingChangesStore,
  ) {}

  /**
   * Each tenant begins with office hours in its own time zone, and they move with it; an event that comes late moves nothing back.
   * @param events at most one per tenant
   */
  async fromTenants(events: Envelope<TenantChangedData>[], tx: Tx): Promise<void> {
    const zones = events.map(({ data: { tenant }, revision }) => ({ tenant: tenant.id, time_zone: tenant.time_zone, revision: revision ?? 0 }));
    const news = await this.calendars.unheard(tx, zones);
    if (news.length === 0) return;
    await this.rotation.lock(tx, news.map(({ tenant }) => tenant));
    await this.calendars.hear(tx, news);
    await this.addDefaults(tx, news);
    for (const { tenant, id, before, after } of await this.calendars.follow(tx, news)) {
      await this.changes.record(tx, tenant, SYSTEM, [
        { kind: 'calendar', record_id: id, action: 'updated', before: { time_zone: before }, after: { time_zone: after } }]);
    }
  }

  async list({ context, cursor, limit }: QuestionOf<typeof ListCalendars>): Promise<AnswerOf<typeof ListCalendars>> {
    await this.database.transaction((tx) => this.begin(tx, context.tenant));
    const found = await this.calendars.list(this.database, context.tenant.id, numberIn(cursor) ?? 0, limit + 1);
    const { shown, next_cursor } = cutPage(found, limit, ({ id }) => id);
    return { calendars: shown, next_cursor };
  }

  /** @throws DomainError `not_found` */
  async get({ context, id }: QuestionOf<typeof GetCalendar>): Promise<AnswerOf<typeof GetCalendar>> {
    return { calendar: await this.found(this.database, context.tenant.id, id) };
  }

  /** @throws DomainError `not_found`, `calendar_exists`, `default_required`, `too_many_calendars`; `invalid` with the fields that are wrong */
  async put({ context, id: given, calendar }: QuestionOf<typeof PutCalendar>): Promise<AnswerOf<typeof PutCalendar>> {
    const tenant = context.tenant.id;
    const id = given ?? null;
    const name = calendar.name.trim();
    const errors = checkCalendar(documentOf(calendar, context.tenant.time_zone));
    if (name === '') errors.push({ field: 'name', code: 'required', detail: 'name must not be empty' });
    if (errors.length > 0) throw DomainError.invalid(errors);
    return this.changing(context, async (tx) => {
      const before = id === null ? null : await this.found(tx, tenant, id);
      if (before?.is_default && !calendar.is_default) throw noDefault(before);
      if (id === null && await this.calendars.count(tx, tenant) >= MOST_CALENDARS) {
        throw DomainError.conflict('too_many_calendars', `There are ${MOST_CALENDARS} calendars, and there may be no more`);
      }
      if (await this.calendars.isTaken(tx, tenant, name, id)) {
        throw DomainError.conflict('calendar_exists', `There is a calendar with the name ${name} already: change it instead`);
      }
      const written = await this.calendars.write(
        tx, tenant, id, keptFrom(calendar, before, await this.calendars.zoneOf(tx, tenant, context.tenant.time_zone)));
      const after = await this.found(tx, tenant, written);
      const changed = difference(before && plain(before), plain(after));
      if (changed) await this.record(tx, context, { kind: 'calendar', record_id: written, action: before ? 'updated' : 'created', ...changed });
      return { calendar: after };
    });
  }

  /** @throws DomainError `not_found`, `calendar_in_use`, `default_required` */
  async remove({ context, id }: QuestionOf<typeof DeleteCalendar>): Promise<AnswerOf<typeof DeleteCalendar>> {
    const tenant = context.tenant.id;
    return this.changing(context, async (tx) => {
      const calendar = await this.found(tx, tenant, id);
      if (calendar.is_default) throw noDefault(calendar);
      const users = await this.calendars.users(tx, tenant, id);
      if (Object.values(users).some((list) => list.length > 0)) {
        throw DomainError.conflict('calendar_in_use', `${calendar.name} is somebody's working hours, or those of an SLA policy`, users);
      }
      await this.calendars.remove(tx, tenant, id);
      await this.record(tx, context, { kind: 'calendar', record_id: id, action: 'deleted', before: plain(calendar), after: {} });
      return { calendar };
    });
  }

  private changing<Answer>(context: Context, work: (tx: Tx) => Promise<Answer>): Promise<Answer> {
    const tenant = context.tenant.id;
    return once(this.database, attemptOf(context), async (tx) => {
      await this.begin(tx, context.tenant);
      await this.rotation.lock(tx, [tenant]);
      return work(tx);
    });
  }

  /** A tenant that has no calendar gets one, and its rotation is locked then. */
  async begin(tx: Tx, { id: tenant, time_zone }: Pick<TenantSettings, 'id' | 'time_zone'>): Promise<void> {
    if (await this.calendars.hasAny(tx, tenant)) return;
    await this.rotation.lock(tx, [tenant]);
    await this.addDefaults(tx, [await this.calendars.zoneOf(tx, tenant, time_zone)]);
  }

  /** Those of the tenants that have no calendar get one. Whoever calls holds their rotation. */
  private async addDefaults(tx: Tx, zones: readonly TenantZone[]): Promise<void> {
    const made = await this.calendars.addDefaults(tx, zones.map(({ tenant, time_zone, revision }) => ({
      tenant, name: 'Office hours', is_default: true, follows_tenant: true, tenant_revision: revision, document: { ...officeHours(time_zone), ...NOTHING_ELSE },
    })));
    for (const { tenant, id } of made) {
      const after = plain(await this.found(tx, tenant, id));
      await this.changes.record(tx, tenant, SYSTEM, [{ kind: 'calendar', record_id: id, action: 'created', before: null, after }]);
    }
  }

  private record(tx: Tx, context: Context, change: RecordChange): Promise<void> {
    return this.changes.record(tx, context.tenant.id, byWhom(context), [change]);
  }

  private async found(queries: Queries, tenant: string, id: number): Promise<Calendar> {
    const calendar = await this.calendars.find(queries, tenant, id);
    if (!calendar) throw DomainError.notFound('Calendar');
    return calendar;
  }
}

const NOTHING_ELSE = { holidays: null, exceptions: [], countries: [] };

const noDefault = ({ name }: Calendar): DomainError =>
  DomainError.conflict('default_required', `${name} is the default calendar: make another one the default first`);
