import { Injectable } from '@nestjs/common';
import type { Context, PeopleKind } from '@headwater/contracts';
import type { Tx } from '@headwater/platform';
import { byWhom } from '../by-whom';
import { difference, peopleRules, recordOf, type RecordChange, type StoredByKind } from '../domain/people';
import { planImport, territoryFrom, type ImportPlan, type SetupTerritory } from '../domain/people/setup-sections';
import { asId, asName } from '../domain/rule-sets/check-names';
import type { SetupDocument } from '../domain/setup/setup-document';
import { PeopleStore, type Kept } from '../store/people.store';
import { RoutingChangesStore } from '../store/routing-changes.store';

type Ids = ReadonlyMap<string, number>;

/** Replaces people and places by those of a setup that was checked. Kind by kind, as each names the one before; a statement or three of each. */
@Injectable()
export class ImportPeople {
  constructor(private readonly people: PeopleStore, private readonly changes: RoutingChangesStore) {}

  /** Within the transaction that holds the tenant's rotation lock. @param calendars ids by plain names */
  async replace(tx: Tx, context: Context, setup: SetupDocument, calendars: Ids): Promise<void> {
    const tenant = context.tenant.id;
    const changes = [
      ...await this.teams(tx, tenant, setup, calendars),
      ...await this.reps(tx, context.tenant, setup, calendars),
      ...await this.territories(tx, tenant, setup.territories ?? null),
      ...await this.leave(tx, tenant, setup),
    ];
    await this.changes.record(tx, tenant, byWhom(context), changes);
  }

  private async teams(tx: Tx, tenant: string, { teams }: SetupDocument, calendars: Ids): Promise<RecordChange[]> {
    const kept = await this.people.stored(tx, tenant, 'team');
    const known = new Map(kept.map((team) => [asName(team.name), team]));
    const wanted = teams.map(({ calendar, ...team }) => recordOf(
      peopleRules.team, { ...team, ...goesBy(calendars, calendar), active: true } as Partial<StoredByKind['team']>, known.get(asName(team.name))));
    return this.apply(tx, tenant, 'team', planImport<StoredByKind['team']>(kept, wanted, ({ name }) => asName(name)));
  }

  private async reps(tx: Tx, { id: tenant, time_zone: timeZone }: Context['tenant'], { reps }: SetupDocument, calendars: Ids): Promise<RecordChange[]> {
    const teams = await this.idsBy(tx, tenant, 'team', ({ name }) => asName(name));
    const kept = await this.people.stored(tx, tenant, 'rep');
    const known = new Map(kept.map((rep) => [rep.user_id, rep]));
    const wanted = reps.map(({ team, time_zone, weight, active, email, max_open_leads, calendar, ...rep }) => recordOf(peopleRules.rep, {
      ...rep, email: email ?? null, weight: weight ?? 1, active: active ?? true, max_open_leads: max_open_leads ?? null, time_zone: time_zone ?? timeZone,
      team_id: team == null ? null : idOf(teams, asName(team)), ...goesBy(calendars, calendar),
    } as Partial<StoredByKind['rep']>, known.get(asId(rep.user_id))));
    return this.apply(tx, tenant, 'rep', planImport<StoredByKind['rep']>(kept, wanted, ({ user_id }) => user_id));
  }

  /** Those that are new are made first, at the top: then each of them has an id by which others are its parts. */
  private async territories(tx: Tx, tenant: string, territories: readonly SetupTerritory[] | null): Promise<RecordChange[]> {
    if (!territories) return [];
    const known = await this.idsBy(tx, tenant, 'territory', ({ name }) => asName(name));
    const added = territories.filter(({ name }) => !known.has(asName(name)));
    await this.people.add(tx, tenant, 'territory', added.map(({ name }) => territoryFrom({ name }, { parent_id: null, team_id: null, owner_ids: [] })));
    const [own, teams, users] = [
      await this.idsBy(tx, tenant, 'territory', ({ name }) => asName(name)), await this.idsBy(tx, tenant, 'team', ({ name }) => asName(name)),
      await this.idsBy(tx, tenant, 'rep', ({ user_id }) => user_id),
    ];
    const wanted = territories.map((territory) => territoryFrom(territory, {
      parent_id: territory.parent == null ? null : idOf(own, asName(territory.parent)),
      team_id: territory.team == null ? null : idOf(teams, asName(territory.team)),
      owner_ids: (territory.owners ?? []).map((user) => idOf(users, asId(user))),
    }));
    const plan = planImport<StoredByKind['territory']>(await this.people.stored(tx, tenant, 'territory'), wanted, ({ name }) => asName(name));
    const changes = await this.apply(tx, tenant, 'territory', plan);
    const isNew = new Set(added.map(({ name }) => own.get(asName(name))));
    const made = plan.changed.filter(({ id }) => isNew.has(id)).map(({ id, after }): RecordChange => (
      { kind: 'territory', record_id: id, action: 'imported', before: null, after }));
    return [...changes.filter(({ record_id }) => !isNew.has(record_id)), ...made];
  }

  private async leave(tx: Tx, tenant: string, { leave }: SetupDocument): Promise<RecordChange[]> {
    if (!leave) return [];
    const users = await this.idsBy(tx, tenant, 'rep', ({ user_id }) => user_id);
    const wanted = leave.map(({ user_id, from, until }) => recordOf(peopleRules.leave, { rep_id: idOf(users, asId(user_id)), from, until, active: true }));
    const kept = await this.people.stored(tx, tenant, 'leave');
    return this.apply(tx, tenant, 'leave', planImport<StoredByKind['leave']>(kept, wanted, ({ rep_id, from, until }) => `${rep_id} ${from} ${until}`));
  }

  private async apply<Kind extends PeopleKind>(tx: Tx, tenant: string, kind: Kind, { added, changed }: ImportPlan<StoredByKind[Kind]>): Promise<RecordChange[]> {
    const ids = await this.people.add(tx, tenant, kind, [...added]);
    const updated = changed.flatMap(({ id, before, after }) => {
      const differs = difference(before, after);
      return differs ? [{ id, after, differs }] : [];
    });
    await this.people.update(tx, tenant, kind, updated.map(({ id, after }) => ({ ...after, id }) as Kept<Kind>));
    return [
      ...added.map((after, i): RecordChange => ({ kind, record_id: ids[i], action: 'imported', before: null, after })),
      ...updated.map(({ id, differs }): RecordChange => ({ kind, record_id: id, action: 'imported', ...differs })),
    ];
  }

  private async idsBy<Kind extends PeopleKind>(tx: Tx, tenant: string, kind: Kind, keyOf: (record: Kept<Kind>) => string): Promise<Ids> {
    return new Map((await this.people.stored(tx, tenant, kind)).map((record) => [keyOf(record), record.id]));
  }
}

/** What a document doesn't say of somebody's hours stays; null: they have none of their own. */
const goesBy = (calendars: Ids, calendar: string | null | undefined): object =>
  (calendar === undefined ? {} : { calendar_id: calendar === null ? null : idOf(calendars, asName(calendar)) });

/** @throws Error for what a checked document doesn't name */
function idOf(ids: Ids, key: string): number {
  const id = ids.get(key);
  if (id === undefined) throw new Error('A setup names what it doesn\'t have, though it was checked');
  return id;
}
