import { unheardOf, type Assignment } from './assignment';
import type { Allocation } from './choosing/allocate';
import { afterRouting, afterScore, dueRises, fiveStarMails, routingCause, type Rise } from './settle-lead';

const NOW = '2026-11-22T03:30:00.000Z';
const LATER = '2026-11-22T08:00:00.000Z';
const cold = { total: 20, grade: 'D', temperature: 'cold', is_hot: false, mql: false };
const anna = { id: 1, name: 'Anna', email: 'anna@example.com', time_zone: 'America/New_York' };
const converted = { converted_at: NOW, account_id: 1, contact_id: 1, customer_id: 1 };

const lead = (more: Partial<Assignment> = {}): Assignment => ({
  ...unheardOf({ tenant: 'demo', lead_id: 7 }), facts: { company_name: 'TechCorp' }, score: cold, ...more,
});
const rise = (rating: number, scoring_revision = 3): Rise => ({ rating, scoring_revision, at: NOW, now: NOW });
const allocation = (more: Partial<Allocation> = {}): Allocation => ({
  match: { version: 1, rule: null, why: 'no rule held', pools: ['General'], queue: null, priority: null, sla_policy: null }, because: 'because', pool: 'General',
  strategy: 'named', kind: 'named', candidates: [], picked: { ...anna, team: { id: 4, name: 'East' }, weight: 1, active: true, open_leads: 0, max_open_leads: null }, ...more,
});

const nobody = allocation({ picked: null, pool: null });

describe('why a lead is routed', () => {
  test('its first score', () => expect(routingCause(lead(), [])).toMatchObject({ cause: 'first_score', key: 'first_score' }));

  test('five stars, each rise once, even after the rules or a person left it in the queue', () => {
    expect(routingCause(lead({ awaits_routing: false }), [rise(5, 9)])).toMatchObject({ cause: 'five_stars', key: 'five_stars:9' });
  });

  test('people who were waited for are at work, or five stars came first: for whom it was meant is kept, and who may not have it', () => {
    const terms = { pool: 'Heirs', barred: new Map([[1, 'had it']]) };
    const nobodyYet = allocation({ picked: null, pool: 'Others', waitsUntil: LATER });
    const waiting = afterRouting(lead(), nobodyYet, { decisionId: 12, now: NOW, terms });
    expect(waiting.waits).toEqual({ for: 'window', pool: 'Others', since: NOW, until: LATER, chosen: 'Heirs', barred: { 1: 'had it' } });
    expect(routingCause(waiting, [], { isDue: true })).toMatchObject({ cause: 'window', key: `window:${LATER}`, ...terms });
    expect(routingCause(waiting, [rise(5)])).toMatchObject({ cause: 'five_stars', ...terms });
    const byRules = afterRouting(lead(), nobodyYet, { decisionId: 12, now: NOW });
    expect(byRules.waits).toEqual({ for: 'window', pool: 'Others', since: NOW, until: LATER });
    expect(afterRouting(waiting, nobody, { decisionId: 13, now: LATER }).waits).toEqual({ for: 'queue', since: LATER, until: null });
  });

  test('five stars of a lead in the queue: for whom it was meant is kept there, too, and who may not have it', () => {
    const terms = { pool: 'Heirs', barred: new Map([[1, 'had it']]) };
    const queued = afterRouting(lead(), nobody, { decisionId: 12, now: NOW, terms });
    expect(queued.waits).toEqual({ for: 'queue', since: NOW, until: null, chosen: 'Heirs', barred: { 1: 'had it' } });
    expect(routingCause(queued, [rise(5)])).toMatchObject({ cause: 'five_stars', ...terms });
    expect(afterRouting(queued, allocation(), { decisionId: 13, now: LATER, terms }).waits).toBeNull();
  });

  test.each<[string, Assignment, Rise[]]>([
    ['it has an owner', lead({ owner: anna }), [rise(5)]],
    ['it is converted', lead({ converted }), [rise(5)]],
    ['it was decided before', lead({ awaits_routing: false }), [rise(4)]],
    ['its profile is not known', lead({ facts: null }), [rise(5)]],
    ['it has no score', lead({ score: null }), []],
  ])('not when %s', (_, assignment, rises) => expect(routingCause(assignment, rises)).toBeNull());
});

describe('priority', () => {
  const priority = (more: Partial<Assignment>) => afterScore(lead(more), []).priority;

  test('follows the temperature', () => {
    expect(priority({})).toBe('normal');
    expect(priority({ score: { ...cold, temperature: 'warm' } })).toBe('high');
    expect(priority({ score: { ...cold, is_hot: true } })).toBe('urgent');
    expect(priority({ priority: 'urgent' })).toBe('normal');
  });

  test("a rule's stays, and a person's before it", () => {
    const match = { ...allocation().match, priority: 'low' as const };
    const byRule = afterRouting(lead({ score: { ...cold, is_hot: true } }), allocation({ match }), { decisionId: 12, now: NOW });
    expect(afterScore(byRule, [])).toMatchObject({ priority: 'low', priority_by: 'rule' });
    const byPerson = lead({ priority: 'high', priority_by: 'person' });
    expect(afterScore(afterRouting(byPerson, allocation({ match }), { decisionId: 12, now: NOW }), [])).toMatchObject({ priority: 'high', priority_by: 'person' });
  });
});

test('routing brings owner, team, decision and reason', () => {
  expect(afterRouting(lead(), allocation(), { decisionId: 12, now: NOW })).toMatchObject(
    { owner: anna, team: { id: 4, name: 'East' }, because: 'because', decision_id: 12, awaits_routing: false });
  expect(afterRouting(lead(), allocation({ picked: null }), { decisionId: 12, now: NOW })).toMatchObject({ owner: null, decision_id: 12, awaits_routing: false });
});

describe('next follow-up at four stars and more', () => {
  const followUp = (more: Partial<Assignment>, rises = [rise(4)]) => afterScore(lead(more), rises).next_follow_up;

  test("is today in the owner's zone, or UTC without an owner", () => {
    expect(followUp({ owner: anna })).toBe('2026-11-21');
    expect(followUp({})).toBe('2026-11-22');
  });

  test('unless an earlier one stands', () => {
    expect(followUp({ next_follow_up: '2026-11-20' })).toBe('2026-11-20');
    expect(followUp({ next_follow_up: '2026-12-24' })).toBe('2026-11-22');
  });

  test('not without a rise, and not for a converted lead', () => {
    expect(followUp({ next_follow_up: '2026-12-24' }, [])).toBe('2026-12-24');
    expect(followUp({ converted })).toBeNull();
  });
});

describe('mail at five stars', () => {
  test('goes to the owner, once per rise, for seven days', () => {
    expect(fiveStarMails(lead({ owner: anna }), [rise(4, 2), rise(5, 3)])).toMatchObject([{
      tenant: 'demo', leadId: 7, data: {
        kind: 'five_star_lead', to: 'anna@example.com', dedupe_key: 'five_star_lead:7:3', expires_at: '2026-11-29T03:30:00.000Z',
        data: { lead_id: 7, company_name: 'TechCorp', rating: 5 },
      },
    }]);
  });

  test.each([
    ['nobody owns it', lead()],
    ['the owner has no address', lead({ owner: { ...anna, email: null } })],
    ['it is converted', lead({ owner: anna, converted })],
  ])('not when %s', (_, assignment) => expect(fiveStarMails(assignment, [rise(5)])).toEqual([]));
});

test('a rise waits until the lead can be routed, so that its mail finds an owner', () => {
  expect(dueRises(lead({ facts: null }), [rise(5)])).toEqual([]);
  expect(dueRises(lead(), [rise(5)])).toHaveLength(1);
  expect(dueRises(lead({ facts: null, converted }), [rise(5)])).toHaveLength(1);
});
