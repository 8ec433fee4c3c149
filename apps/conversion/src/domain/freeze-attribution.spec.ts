import type { IntakeState, KeyTouch, QualificationState, RoutingState, ScoringState, Transition } from '@headwater/contracts';
import { freezeAttribution } from './freeze-attribution';

const lead = {
  created_at: '2026-01-01T00:00:00.000Z', attribution: { source: 'webinar', channel: 'event', entry: 'form', campaign: 'spring' },
} as IntakeState;
const qualification = { status: 'qualified', cycle: 2, in_status_since: '2026-01-10T00:00:00.000Z', qualified_at: '2026-01-10T00:00:00.000Z' } as QualificationState;
const touch = (channel: string) => ({ channel }) as KeyTouch;
const transition = (from: string, ms: number) => ({ from, ms_in_previous: ms }) as Transition;

describe('freezeAttribution', () => {
  it('keeps origin, score, owner and the time in each status, repeated ones added up', () => {
    const frozen = freezeAttribution({
      lead, qualification, transitions: [transition('new', 100), transition('qualified', 50), transition('nurturing', 7), transition('new', 11)],
      touches: { first: touch('web'), last: touch('email'), made_lead: touch('web') },
      score: { effective: { total_score: 90, grade: 'A' }, override: {}, rating: 4, model_version: 3 } as ScoringState,
      assignment: { owner: { id: 5, name: 'Mia' } } as RoutingState, mappingVersion: 2,
    }, '2026-01-10T00:00:01.000Z');
    expect(frozen).toMatchObject({
      source: 'webinar', channel: 'event', entry: 'form', campaign: 'spring', first_touch: { channel: 'web' }, last_touch: { channel: 'email' },
      lead_creating_touch: { channel: 'web' }, score: { total_score: 90, grade: 'A' }, score_overridden: true,
      model_version: 3, owner: { id: 5, name: 'Mia' }, cycle: 2, converted_at: '2026-01-10T00:00:01.000Z',
      time_in_status_ms: { new: 111, nurturing: 7, qualified: 1_050 },
    });
  });

  it('says null where touches, score and owner are not known', () => {
    expect(freezeAttribution({ lead, qualification, transitions: [], touches: null, score: null, assignment: null, mappingVersion: 0 }, '2026-01-09T00:00:00.000Z'))
      .toMatchObject({ first_touch: null, last_touch: null, lead_creating_touch: null, score: null, model_version: null, owner: null, time_in_status_ms: { qualified: 0 } });
  });
});
