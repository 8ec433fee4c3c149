import { Injectable } from '@nestjs/common';
import type { Queries } from '@headwater/platform';
import { officeHours } from '../domain/calendars';
import { DEFAULT_POLICIES } from '../domain/sla/policies';
import type { KnownCalendar, SlaSettings } from '../domain/sla/settings';
import { SlaSettingsStore, type StoredSettings } from '../store/sla-settings.store';

/** Tenants that are remembered. */
const MOST_TENANTS = 1_000;
/** Of a tenant whose settings nobody has told of yet. */
const NOBODYS: KnownCalendar = { id: 0, name: 'Office hours', calendar: officeHours('UTC'), countries: [] };

/** What tenants' clocks go by, in memory: read again when its version has moved. */
@Injectable()
export class SlaSettingsInForce {
  private readonly known = new Map<string, SlaSettings>();

  constructor(private readonly store: SlaSettingsStore) {}

  /** As they were when they were last read: for who learns the present versions with what it writes, and tells them to `refresh`. */
  async remembered(queries: Queries, tenants: readonly string[]): Promise<ReadonlyMap<string, SlaSettings>> {
    await this.read(queries, tenants.filter((tenant) => !this.known.has(tenant)));
    return this.of(tenants);
  }

  /** As they are. */
  async current(queries: Queries, tenants: readonly string[]): Promise<ReadonlyMap<string, SlaSettings>> {
    const versions = await this.store.versions(queries, tenants);
    await this.refresh(queries, Object.fromEntries(versions.map(({ tenant, version }) => [tenant, version])));
    return this.of(tenants);
  }

  async one(queries: Queries, tenant: string): Promise<SlaSettings> {
    return (await this.current(queries, [tenant])).get(tenant) as SlaSettings;
  }

  /** @param versions the present ones, by tenant. @returns the tenants of which something else was remembered */
  async refresh(queries: Queries, versions: Readonly<Record<string, number>>): Promise<string[]> {
    const old = Object.keys(versions).filter((tenant) => this.known.get(tenant)?.version !== versions[tenant]);
    await this.read(queries, old);
    return old;
  }

  private of(tenants: readonly string[]): ReadonlyMap<string, SlaSettings> {
    return new Map(tenants.map((tenant) => [tenant, this.known.get(tenant) as SlaSettings]));
  }

  private async read(queries: Queries, tenants: readonly string[]): Promise<void> {
    if (tenants.length === 0) return;
    if (this.known.size + tenants.length > MOST_TENANTS) this.known.clear();
    for (const stored of await this.store.load(queries, tenants)) this.known.set(stored.tenant, settingsOf(stored));
  }
}

function settingsOf({ version, policies, calendars, reps, teams }: StoredSettings): SlaSettings {
  const known = calendars.map(({ id, name, document }): KnownCalendar => ({ id, name, calendar: document, countries: document.countries ?? [] }));
  const usual = known.find(({ id }) => calendars.some((calendar) => calendar.id === id && calendar.is_default));
  return {
    version, policies: policies ?? DEFAULT_POLICIES, calendars: new Map(known.map((calendar) => [calendar.id, calendar])),
    usual: usual ?? NOBODYS, ofRep: new Map(reps.map(({ id, calendar_id }) => [id, calendar_id])),
    ofTeam: new Map(teams.map(({ id, calendar_id }) => [id, calendar_id])),
  };
}
