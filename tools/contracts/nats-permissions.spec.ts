import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { SERVICES } from '@headwater/contracts';
import { PREVIOUS_RELEASE, whyNoPreviousRelease } from '../../test/operations/previous-release';
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

(whyNoPreviousRelease() ? describe.skip : describe)('beside the release before', () => {
  let before: string;
  beforeAll(() => {
    before = mkdtempSync(join(tmpdir(), 'headwater-asked-before-'));
    const sources = execFileSync('git', ['archive', PREVIOUS_RELEASE, 'apps'], { cwd: REPOSITORY, maxBuffer: 256 * 1024 * 1024 });
    execFileSync('tar', ['--extract', '--directory', before], { input: sources });
  });
  afterAll(() => rmSync(before, { recursive: true }));

  test.each(SERVICES)('%s of that one may go on asking what it asks: otherwise it belongs into ASKED_BEFORE', (service) => {
    const [, own] = readFileSync(join(REPOSITORY, 'deploy/nats/permissions.conf'), 'utf8').split(`user: ${service},`);
    const [allowed] = own!.split('subscribe:');
    expect(readConduct(before, service).asks.filter((subject) => !allowed!.includes(`"${subject}"`))).toEqual([]);
  });
});
