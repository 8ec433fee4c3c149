import { growthFigures } from './growth-summary';

test('compares sizes and backlogs', () => {
  const figures = growthFigures({
    growth: [
      { leads: 10, pipeline_leads_per_s: 900, intake_p50_ms: 20 }, { leads: 100, pipeline_leads_per_s: 1_000, intake_p50_ms: 16 },
      { leads: 1_000, pipeline_leads_per_s: 500, intake_p50_ms: 22 },
    ],
    backlogs: [{ events: 20, services_mb: 800, consumed_in_s: 1 }, { events: 200, services_mb: 880, consumed_in_s: 9 }],
  });
  expect(figures.map(({ name, value, holds }) => [name, value, holds])).toEqual([
    ['pipeline, quickest to slowest at 10, 100, 1000 leads', 2, false],
    ['intake p50, slowest to quickest at 10, 100, 1000 leads', 1.375, true],
    ['memory of the services, backlog of 200 to 20 events', 1.1, true],
  ]);
});
