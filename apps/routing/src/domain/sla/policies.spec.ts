import type { SlaPolicies } from '@headwater/contracts';
import { officeHours } from '../calendars';
import { byCalendarId, checkPolicies } from './check-policies';
import { DEFAULT_POLICIES, policyOf } from './policies';
import { calendarFor, type KnownCalendar, type SlaSettings } from './settings';

const score = (temperature: string, is_hot = false) => ({ total: 1, grade: 'C', temperature, is_hot, mql: false });
const lead = (temperature: string, facts: object = {}, is_hot = false) => ({ facts: { ...facts }, score: score(temperature, is_hot) });
const [warm] = DEFAULT_POLICIES.policies.slice(1);
const document = (more: Partial<SlaPolicies> = {}): SlaPolicies => ({ ...DEFAULT_POLICIES, ...more });

test.each([
  ['hot', false, 'hot'], ['warm', true, 'hot'], ['warm', false, 'warm'], ['cold', false, 'cold'], ['suspect', false, 'cold'],
])('by default a lead that is %s (hot by stars: %s) goes by the policy %s', (temperature, is_hot, policy) =>
  expect(policyOf(DEFAULT_POLICIES, lead(temperature, {}, is_hot))?.name).toBe(policy));

test('the default policies are policies', () => expect(checkPolicies(DEFAULT_POLICIES, byCalendarId(new Set()))).toEqual([]));

test('the first choice that fits decides, and a rule that names a policy goes before', () => {
  const policies = document({ choices: [{ entry: 'import', policy: null }, { source: 'event', temperature: 'cold', policy: 'hot' }, { policy: 'cold' }] });
  expect(policyOf(policies, lead('hot', { entry: 'import' }))).toBeNull();
  expect(policyOf(policies, lead('cold', { source: 'event' }))?.name).toBe('hot');
  expect(policyOf(policies, lead('warm', { source: 'event' }))?.name).toBe('cold');
  expect(policyOf(policies, lead('warm', { entry: 'import' }), 'warm')?.name).toBe('warm');
  expect(policyOf(policies, lead('warm'), 'gone')?.name).toBe('cold');
});

test.each<[string, Partial<SlaPolicies>, string, string]>([
  ['no policies', { policies: [], choices: [{ policy: null }] }, 'policies', 'required'],
  ['a name twice', { policies: [...DEFAULT_POLICIES.policies, { ...warm, name: 'Warm ' }] }, 'policies.3.name', 'duplicate'],
  ['a fixed calendar without an id', { policies: [...DEFAULT_POLICIES.policies, { ...warm, name: 'x', calendar: 'fixed' }] }, 'policies.3.calendar_id', 'required'],
  ['a calendar that is not there', { policies: [...DEFAULT_POLICIES.policies, { ...warm, name: 'x', calendar: 'fixed', calendar_id: 9 }] }, 'policies.3.calendar_id', 'unknown_calendar'],
  ['an id of no fixed calendar', { policies: [...DEFAULT_POLICIES.policies, { ...warm, name: 'x', calendar_id: 7 }] }, 'policies.3.calendar_id', 'not_fixed'],
  ['a choice that points nowhere', { choices: [{ temperature: 'hot', policy: 'gone' }, { policy: 'cold' }] }, 'choices.0.policy', 'unknown_policy'],
  ['choices that leave leads out', { choices: [{ temperature: 'hot', policy: 'hot' }] }, 'choices', 'default_required'],
])('%s is refused', (_, more, field, code) => {
  expect(checkPolicies(document(more), byCalendarId(new Set([7]))).map((error) => [error.field, error.code])).toEqual([[field, code]]);
});

describe('the hours that count', () => {
  const calendar = (id: number, countries: string[] = []): KnownCalendar => ({ id, name: `calendar ${id}`, calendar: officeHours('UTC'), countries });
  const [usual, ofRep, ofTeam, german] = [calendar(1), calendar(2), calendar(3), calendar(4, ['DE', 'AT'])];
  const settings: SlaSettings = {
    version: 1, policies: DEFAULT_POLICIES, calendars: new Map([usual, ofRep, ofTeam, german].map((one) => [one.id, one])), usual,
    ofRep: new Map([[10, 2]]), ofTeam: new Map([[20, 3]]),
  };
  const whose = (owner: number | null, team: number | null, country?: string) => ({
    owner: owner && { id: owner, name: 'x', email: null, time_zone: 'UTC' }, team: team && { id: team, name: 'x' }, facts: { country },
  }) as Parameters<typeof calendarFor>[2];
  const chosen = (policy: Partial<typeof warm>, of: Parameters<typeof calendarFor>[2]) => calendarFor(settings, { ...warm, ...policy }, of)?.id ?? null;

  it('are the owner\'s, else those of the team, else the usual ones', () => {
    expect([whose(10, 20), whose(11, 20), whose(11, 21), whose(null, null)].map((of) => chosen({ calendar: 'owner' }, of))).toEqual([2, 3, 1, 1]);
    expect([whose(10, 20), whose(10, 21)].map((of) => chosen({ calendar: 'team' }, of))).toEqual([3, 1]);
  });

  it("are those of the lead's country, of one calendar, or all hours", () => {
    expect([whose(10, 20, 'AT'), whose(10, 20, 'US'), whose(10, 20)].map((of) => chosen({ calendar: 'lead' }, of))).toEqual([4, 1, 1]);
    expect(chosen({ calendar: 'fixed', calendar_id: 3 }, whose(10, null))).toBe(3);
    expect(chosen({ calendar: 'fixed', calendar_id: 99 }, whose(10, null))).toBe(1);
    expect(chosen({ calendar: 'around_the_clock' }, whose(10, 20))).toBeNull();
  });
});
