import { fewestLeads, killSchedule, MOST_UNANSWERED, TARGETS, type Campaign } from './schedule';

const campaigns: Campaign[] = [1, 2, 3].flatMap((seed) => [
  { seed, leads: fewestLeads(1), bursts: 1 }, { seed, leads: 300, bursts: 1 }, { seed, leads: 5_000, bursts: 1 },
  { seed, leads: fewestLeads(2), bursts: 2 }, { seed, leads: 20_000, bursts: 2 },
] satisfies Campaign[]);

describe.each(campaigns)('with seed $seed, $leads leads and $bursts bursts', (campaign) => {
  const kills = killSchedule(campaign);

  test('kills every target at least twice', () => {
    for (const target of TARGETS) expect(kills.filter(({ targets }) => targets.includes(target)).length).toBeGreaterThanOrEqual(2);
  });

  test('keeps PostgreSQL down once, alone, and kills it once with nats-server', () => {
    expect(kills.filter(({ keptDown }) => keptDown).map(({ targets }) => targets)).toEqual([['postgres']]);
    expect(kills.filter(({ targets }) => targets.includes('postgres') && targets.includes('nats'))).toHaveLength(1);
  });

  test('falls in order, within a burst, with enough left to be unanswered', () => {
    const size = campaign.leads / campaign.bursts;
    kills.forEach(({ at }, index) => {
      expect(at).toBeGreaterThanOrEqual(kills[index - 1]?.at ?? 1);
      expect(size - (at % size)).toBeGreaterThan(MOST_UNANSWERED);
    });
  });
});

test('is decided by the seed', () => {
  const campaign: Campaign = { seed: 5, leads: 5_000, bursts: 1 };
  expect(killSchedule(campaign)).toEqual(killSchedule({ ...campaign }));
  expect(killSchedule({ ...campaign, seed: 6 })).not.toEqual(killSchedule(campaign));
});

test('kills services one by one where there are leads enough, in pairs where not', () => {
  const most = (leads: number): number => Math.max(...killSchedule({ seed: 1, leads, bursts: 1 })
    .filter(({ targets }) => !targets.includes('nats')).map(({ targets }) => targets.length));
  expect([most(300), most(5_000)]).toEqual([2, 1]);
});
