import { KeepPeopleAndPlaces1764150000401 } from '../store/migrations/keep-people-and-places';
import { DirectoriesStore } from '../store/directories.store';
import { PeopleStore } from '../store/people.store';
import { RoutingChangesStore } from '../store/routing-changes.store';
import { ImportPeople } from './import-people';
import { KeepRecord } from './keep-record';
import { PeopleController } from './people.controller';
import { ReadPeople } from './read-people';

/** Reps, teams, territories and leave. */
export const PEOPLE = {
  controllers: [PeopleController],
  providers: [ReadPeople, KeepRecord, ImportPeople, PeopleStore, DirectoriesStore, RoutingChangesStore],
  migrations: [KeepPeopleAndPlaces1764150000401],
};
