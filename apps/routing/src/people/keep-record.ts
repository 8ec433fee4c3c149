import { Injectable } from '@nestjs/common';
import {
  DomainError, type AnswerOf, type Context, type CreatePeopleRecord, type PeopleKind, type QuestionOf, type UpdatePeopleRecord,
} from '@headwater/contracts';
import { attemptOf, once } from '@headwater/messaging';
import { Database, type Tx } from '@headwater/platform';
import { byWhom } from '../by-whom';
import { checkAncestry, difference, peopleRules, recordOf, type StoredByKind, type PeopleRules, type Reference, type StoredTerritory } from '../domain/people';
import { PeopleStore, type Kept } from '../store/people.store';
import { RotationStore } from '../store/rotation.store';
import { RoutingChangesStore } from '../store/routing-changes.store';

type Answer = AnswerOf<typeof CreatePeopleRecord>;

/** One rep, team, territory or leave is made or changed, between two batches of leads; and it is kept who did. */
@Injectable()
export class KeepRecord {
  constructor(
    private readonly database: Database, private readonly rotation: RotationStore, private readonly people: PeopleStore,
    private readonly changes: RoutingChangesStore,
  ) {}

  /** @throws DomainError `rep_exists`, `team_exists`, `territory_exists`; `invalid` with the fields that are wrong */
  async create({ context, kind, fields }: QuestionOf<typeof CreatePeopleRecord>): Promise<Answer> {
    const tenant = context.tenant.id;
    const began = kind === 'rep' ? { time_zone: context.tenant.time_zone, ...withoutNull(fields, 'time_zone') } : fields;
    const record = recordOf<object>(peopleRules[kind], began) as StoredByKind[typeof kind];
    return once(this.database, attemptOf(context), async (tx) => {
      await this.rotation.lock(tx, [tenant]);
      await this.check(tx, tenant, kind, record, null);
      const [id] = await this.people.add(tx, tenant, kind, [record]);
      await this.changes.record(tx, tenant, byWhom(context), [{ kind, record_id: id, action: 'created', before: null, after: record }]);
      return this.answer(tx, tenant, kind, id);
    });
  }

  /** What changes nothing is no change. @throws DomainError `not_found`, and as `create` */
  async update({ context, kind, id, patch }: QuestionOf<typeof UpdatePeopleRecord>): Promise<Answer> {
    const tenant = context.tenant.id;
    return once(this.database, attemptOf(context), async (tx) => {
      await this.rotation.lock(tx, [tenant]);
      const [kept] = await this.people.stored(tx, tenant, kind, id);
      if (!kept) throw DomainError.notFound(peopleRules[kind].noun);
      const { id: _, ...before } = kept;
      const after = recordOf<object>(peopleRules[kind], withTimeZone(context, patch), before) as StoredByKind[typeof kind];
      const changed = difference(before, after);
      if (changed) {
        await this.check(tx, tenant, kind, after, id);
        await this.people.update(tx, tenant, kind, [{ ...after, id } as Kept<typeof kind>]);
        await this.changes.record(tx, tenant, byWhom(context), [{ kind, record_id: id, action: 'updated', ...changed }]);
      }
      return this.answer(tx, tenant, kind, id);
    });
  }

  private async answer(tx: Tx, tenant: string, kind: PeopleKind, id: number): Promise<Answer> {
    const record = await this.people.find(tx, tenant, kind, id);
    if (!record) throw DomainError.notFound(peopleRules[kind].noun);
    return { record };
  }

  private async check(tx: Tx, tenant: string, kind: PeopleKind, record: StoredByKind[PeopleKind], id: number | null): Promise<void> {
    const rules: PeopleRules<object> = peopleRules[kind];
    const missing = await this.people.missing(tx, tenant, rules.references(record));
    const errors = [...rules.check(record), ...missing.map(pointsNowhere)];
    if (kind === 'territory' && id !== null) errors.push(...await this.checkPlace(tx, tenant, id, record as StoredTerritory));
    if (errors.length > 0) throw DomainError.invalid(errors);
    if (!rules.unique) return;
    const value = String((record as unknown as Record<string, unknown>)[rules.unique]);
    if (await this.people.isTaken(tx, tenant, kind, rules.unique, value, id)) {
      const named = rules.unique === 'user_id' ? `of the user ${value}` : `with the name ${value}`;
      throw DomainError.conflict(`${kind}_exists`, `There is a ${kind} ${named} already: change it instead`);
    }
  }

  private async checkPlace(tx: Tx, tenant: string, id: number, { name, parent_id }: StoredTerritory) {
    if (parent_id === null) return [];
    const tree = await this.people.tree(tx, tenant);
    tree.set(id, { name, parent_id });
    return checkAncestry(id, 'parent_id', (one) => tree.get(one)?.parent_id, (one) => tree.get(one)?.name ?? String(one));
  }
}

const pointsNowhere = ({ field, to, id }: Reference) => ({ field, code: `unknown_${to}`, detail: `There is no ${to} ${id}` });

const withoutNull = (fields: object, field: string): object => Object.fromEntries(Object.entries(fields).filter(([name, value]) => name !== field || value !== null));

/** An emptied time zone is the tenant's again. */
const withTimeZone = ({ tenant }: Context, patch: object): object =>
  ('time_zone' in patch && patch.time_zone === null ? { ...patch, time_zone: tenant.time_zone } : patch);
