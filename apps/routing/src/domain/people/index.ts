import type { PeopleKind, RoutingChangeAction, RoutingChangeKind } from '@headwater/contracts';
import type { PeopleRules } from './kind';
import { leaveRules, type StoredLeave } from './leave';
import { repRules, type StoredRep } from './rep';
import { teamRules, type StoredTeam } from './team';
import { territoryRules, type StoredTerritory } from './territory-record';

export { difference, recordOf, type PeopleRules, type Reference } from './kind';
export { checkAncestry } from './territory-record';
export type { StoredLeave, StoredRep, StoredTeam, StoredTerritory };

/** What is stored of a record of each kind. */
export interface StoredByKind { rep: StoredRep; team: StoredTeam; territory: StoredTerritory; leave: StoredLeave }

/** The rules of each kind. */
export const peopleRules: { readonly [Kind in PeopleKind]: PeopleRules<StoredByKind[Kind]> } = {
  rep: repRules, team: teamRules, territory: territoryRules, leave: leaveRules,
};

/** A change of one record, as it is kept. */
export interface RecordChange {
  readonly kind: RoutingChangeKind;
  readonly record_id: number;
  readonly action: RoutingChangeAction;
  readonly before: object | null;
  readonly after: object;
}
