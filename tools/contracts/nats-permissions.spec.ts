import { resolve } from 'node:path';
import { stalePermissions } from './nats-permissions';
import { readConduct } from './read-conduct';

const REPOSITORY = resolve(__dirname, '..', '..');

test('deploy/nats/permissions.conf is what the services do: run `npm run contracts`', () => {
  expect(stalePermissions(REPOSITORY)).toEqual([]);
});

test('a service asks what it imports of another, and what its controllers answer it does not ask', () => {
  expect(readConduct(REPOSITORY, 'scoring')).toMatchObject({ asks: ['intake.find_leads', 'intake.get_identities', 'intake.get_leads'], hears: [], putsOnSpool: false, takesFromSpool: false });
  expect(readConduct(REPOSITORY, 'gateway')).toMatchObject({ putsOnSpool: true, takesFromSpool: false, consumes: [] });
  expect(readConduct(REPOSITORY, 'gateway').asks).toEqual(expect.arrayContaining(['intake.capture_leads', 'conversion.list_dead_letters', 'gateway.republish']));
  expect(readConduct(REPOSITORY, 'intake')).toMatchObject({
    takesFromSpool: true,
    asks: [
      'qualification.merge_statuses', 'qualification.release_leads', 'qualification.reserve_leads', 'routing.merge_assignments', 'scoring.merge_scores',
    ],
  });
});
