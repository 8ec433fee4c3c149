import type { BriefTouch, IntakeState, KeyTouch, LeadTouches, QualificationState, RoutingState, ScoringState, Transition } from '@headwater/contracts';
import { freezeAttribution } from './freeze-attribution';

const lead = {
  created_at: '2026-01-01T00:00:00.000Z', attribution: { source: 'webinar', channel: 'event', entry: 'form', campaign: 'spring' },
} as IntakeState;
const qualification = { status: 'qualified', cycle: 2, in_status_since: '2026-01-10T00:00:00.000Z', qualified_at: '2026-01-10T00:00:00.000Z' } as QualificationState;
const touch = (channel: string) => ({ channel }) as KeyTouch;
const transition = (from: string, ms: number) => ({ from, ms_in_previous: ms }) as Transition;
const brief = (n: number, more = {}) => ({ submission_id: `s${n}`, at: '', entry: 'form', channel: 'direct', source: null, campaign: null, ...more }) as BriefTouch;
const NO_TOUCHES: LeadTouches = { first: null, last: null, made_lead: null, list: [], count: 0 };
const frozenOf = (given: Partial<Parameters<typeof freezeAttribution>[0]>, at = '2026-01-10T00:00:01.000Z') => freezeAttribution({
  lead, qualification, transitions: [], assessment: null, touches: NO_TOUCHES, scoring: null, routing: null, mappingVersion: 0, ...given,
}, at);

describe('freezeAttribution', () => {
  it('keeps origin, score with its reasons, assessment, owners and the time in each status, repeated ones added up', () => {
    const contributions = [{ part: 'demographic' as const, rule: 'size', points: 4_200, because: 'large' }];
    const owners = [{ id: 4, name: 'Noah', at: '2026-01-02T00:00:00.000Z', cause: 'capture' }, { id: 5, name: 'Mia', at: '2026-01-03T00:00:00.000Z', cause: 'patch' }];
    const frozen = frozenOf({
      transitions: [transition('new', 100), transition('qualified', 50), transition('nurturing', 7), transition('new', 11)],
      assessment: { id: 9, qualified: true, reason: null, notes: 'x'.repeat(9_000), by: 'Mia', at: '2026-01-10T00:00:00.000Z' },
      touches: { first: touch('web'), last: touch('email'), made_lead: touch('web'), list: [brief(1), brief(2)], count: 2 },
      scoring: { score: { effective: { total_score: 90, grade: 'A' }, override: {}, rating: 4, model_version: 3 } as ScoringState, contributions },
      routing: { assignment: { owner: { id: 5, name: 'Mia' } } as RoutingState, owner: null, rep: null, owners }, mappingVersion: 2,
    });
    expect(frozen).toMatchObject({
      source: 'webinar', channel: 'event', entry: 'form', campaign: 'spring', first_touch: { channel: 'web' }, last_touch: { channel: 'email' },
      lead_creating_touch: { channel: 'web' }, touches: [{ submission_id: 's1' }, { submission_id: 's2' }], touch_count: 2,
      score: { total_score: 90, grade: 'A' }, score_overridden: true, contributions, assessment: { id: 9, by: 'Mia' }, mapping_version: 2,
      model_version: 3, owner: { id: 5, name: 'Mia' }, owners, cycle: 2, converted_at: '2026-01-10T00:00:01.000Z',
      time_in_status_ms: { new: 111, nurturing: 7, qualified: 1_050 },
    });
    expect((frozen.assessment as { notes: string }).notes).toHaveLength(2_000);
  });

  it('says null where score and owner are not known', () => {
    expect(frozenOf({}, '2026-01-09T00:00:00.000Z')).toMatchObject({
      first_touch: null, last_touch: null, lead_creating_touch: null, touches: [], touch_count: 0, score: null, contributions: null, assessment: null,
      model_version: null, owner: null, owners: null, time_in_status_ms: { qualified: 0 },
    });
  });

  it('stays small enough for an event: the first touch and the newest are kept', () => {
    const list = Array.from({ length: 101 }, (_, n) => brief(n, { source: 'ü'.repeat(80), campaign: 'ß'.repeat(500) }));
    const frozen = frozenOf({ touches: { ...NO_TOUCHES, list, count: 4_000 } });
    const kept = frozen.touches as BriefTouch[];
    expect(Buffer.byteLength(JSON.stringify(frozen))).toBeLessThan(50_000);
    expect([kept[0], kept.at(-1)]).toEqual([list[0], list.at(-1)]);
    expect(kept.length).toBeGreaterThan(10);
    expect(frozen.touch_count).toBe(4_000);
  });
});
