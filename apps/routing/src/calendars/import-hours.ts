import { Injectable } from '@nestjs/common';
import { DomainError, type Calendar, type CalendarRequest, type Context, type RoutingSetup } from '@headwater/contracts';
import type { Queries, Tx } from '@headwater/platform';
import { byWhom } from '../by-whom';
import { difference, type RecordChange } from '../domain/people';
import { asName } from '../domain/rule-sets/check-names';
import { checkHours, hoursOf, MOST_CALENDARS, namesCalendars, policiesFrom, type SetupHours } from '../domain/setup/setup-hours';
import { KeepPolicies } from '../sla/keep-policies';
import { CalendarsStore, type TenantZone } from '../store/calendars.store';
import { RoutingChangesStore } from '../store/routing-changes.store';
import { SlaSettingsStore } from '../store/sla-settings.store';
import { keptFrom, plain } from './calendar-document';
import { KeepCalendars } from './keep-calendars';

type Ids = ReadonlyMap<string, number>;

/** Calendars and SLA policies of a setup that was checked, within the transaction that holds the tenant's rotation lock; and how they come out again. */
@Injectable()
export class ImportHours {
  constructor(
    private readonly calendars: CalendarsStore, private readonly keep: KeepCalendars, private readonly policies: KeepPolicies,
    private readonly settings: SlaSettingsStore, private readonly changes: RoutingChangesStore,
  ) {}

  /**
   * Writes the calendars, those that aren't in the document left as they are: whoever goes by them is still to be imported.
   * @returns ids by plain names
   * @throws DomainError `invalid`: something names a calendar that isn't there
   */
  async writeCalendars(tx: Tx, context: Context, setup: SetupHours): Promise<Ids> {
    const tenant = context.tenant.id;
    if (!setup.calendars && namesCalendars(setup)) await this.keep.begin(tx, context.tenant);
    const kept = new Map((await this.all(tx, tenant)).map((calendar) => [asName(calendar.name), calendar]));
    const unknown = setup.calendars ? [] : checkHours(setup, new Set(kept.keys()));
    if (unknown.length > 0) throw DomainError.invalid(unknown);
    const ids = new Map([...kept].map(([name, { id }]) => [name, id]));
    const changes: RecordChange[] = [];
    const zone = await this.calendars.zoneOf(tx, tenant, context.tenant.time_zone);
    for (const calendar of setup.calendars ?? []) {
      const change = await this.write(tx, zone, calendar, kept.get(asName(calendar.name)) ?? null);
      if (!change) continue;
      ids.set(asName(calendar.name), change.record_id);
      changes.push(change);
    }
    await this.changes.record(tx, tenant, byWhom(context), changes);
    return ids;
  }

  /** The policies, as a version of their own where they are others; then the calendars go that the document doesn't have. */
  async replacePolicies(tx: Tx, context: Context, { calendars, sla_policies }: SetupHours, ids: Ids): Promise<void> {
    if (sla_policies) await this.policies.replace(tx, context, policiesFrom(sla_policies, ids), 'imported');
    if (calendars) await this.removeOthers(tx, context, new Set(calendars.map(({ name }) => asName(name))));
  }

  async exported(queries: Queries, tenant: string): Promise<Pick<RoutingSetup, 'calendars' | 'sla_policies'>> {
    return hoursOf(await this.all(queries, tenant), (await this.settings.policies(queries, tenant))?.document ?? null);
  }

  private all(queries: Queries, tenant: string): Promise<Calendar[]> {
    return this.calendars.list(queries, tenant, 0, MOST_CALENDARS);
  }

  private async write(tx: Tx, zone: TenantZone, calendar: CalendarRequest, before: Calendar | null): Promise<RecordChange | null> {
    const after = keptFrom(calendar, before, zone);
    const changed = difference(before && plain(before), plain({ ...after.document, ...after } as unknown as Calendar));
    if (!changed) return null;
    return { kind: 'calendar', record_id: await this.calendars.write(tx, zone.tenant, before?.id ?? null, after), action: 'imported', ...changed };
  }

  /** @throws DomainError `invalid`, `calendar_in_use` */
  private async removeOthers(tx: Tx, context: Context, wanted: ReadonlySet<string>): Promise<void> {
    const tenant = context.tenant.id;
    const changes: RecordChange[] = [];
    for (const calendar of (await this.all(tx, tenant)).filter(({ name }) => !wanted.has(asName(name)))) {
      const users = await this.calendars.users(tx, tenant, calendar.id);
      if (Object.values(users).some((list) => list.length > 0)) {
        throw DomainError.invalidField('calendars', 'calendar_in_use',
          `"${calendar.name}" is not among them, but somebody's working hours, or those of an SLA policy`);
      }
      await this.calendars.remove(tx, tenant, calendar.id);
      changes.push({ kind: 'calendar', record_id: calendar.id, action: 'deleted', before: plain(calendar), after: {} });
    }
    await this.changes.record(tx, tenant, byWhom(context), changes);
  }
}
