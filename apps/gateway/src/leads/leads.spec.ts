import { jsonSchemaOf, PatchLead, type QualificationState, type RoutingState, type ScoringState } from '@headwater/contracts';
import { intakeState } from '@headwater/testing';
import { etagOf, expectationsOf } from './etag';
import { Lead } from './lead';
import { capturedView, leadView } from './lead-view';
import { splitPatch } from './split-patch';

const score = { total_score: 90, behavioral_score: 48, demographic_score: 42, grade: 'A' as const, temperature: 'hot' as const };
const intake = intakeState({ lead_id: 7, revision: 3, attribution: { campaign: 'spring' } });
const scoring: ScoringState = {
  lead_id: 7, revision: 2, effective: score, computed: score, rating: 4, is_hot: true, hot_reasons: ['temperature', 'rating'], mql: true,
  model_version: 1, scored_at: '2026-11-20T09:00:01.000Z',
};
const routing: RoutingState = {
  lead_id: 7, revision: 1, owner: { id: 2, name: 'Ann' }, team: { id: 1, name: 'East' }, priority: 'high', next_follow_up: '2026-11-21',
};
const qualification: QualificationState = {
  lead_id: 7, revision: 4, status: 'disqualified', lifecycle_stage: 'lead', cycle: 1, in_status_since: '2026-11-20T09:00:00.000Z',
  disqualification_reason: 'no_budget', notes: 'called',
};
const parts = { intake, scoring, routing, qualification };

describe('the view of a lead', () => {
  it('is one flat record of what its owners know', () => {
    expect(leadView(parts)).toMatchObject({
      id: 7, first_name: 'Sarah', email_valid: true, phone_valid: false, channel: 'direct', entry: 'api', campaign: 'spring',
      status: 'disqualified', status_label: 'Unqualified', lifecycle_stage: 'lead', rating: 4, is_hot: true, mql: true, lead_score: score,
      disqualification_reason: 'no_budget', owner: { id: 2, name: 'Ann' }, team: { id: 1, name: 'East' }, priority: 'high',
      next_follow_up: '2026-11-21', notes: 'called', tags: [], custom_fields: {}, converted_at: null,
    });
  });

  it('has every documented field and no other, whatever is known', () => {
    const documented = Object.keys(jsonSchemaOf(Lead, { closed: true, refPrefix: '' }).properties as object).sort();
    expect(Object.keys(leadView(parts)).sort()).toEqual(documented);
    expect(Object.keys(leadView({ intake, scoring: null, routing: null, qualification: null })).sort()).toEqual(documented);
  });

  it('prefers the note of intake, and shows what the lead became', () => {
    const converted = { converted_at: '2026-11-20T10:00:00.000Z', account_id: 1, contact_id: 2, customer_id: 3, opportunity_id: 4 };
    const view = leadView({ ...parts, intake: { ...intake, notes: 'from intake', converted }, qualification: null });
    expect(view).toMatchObject({ notes: 'from intake', status: 'converted', ...converted });
  });

  it('of a new submission says new, and leaves score and owner open; of a known lead it says no status', () => {
    expect(capturedView({ submission_id: 's', verdict: 'created', because: 'nobody like this', lead: intake }))
      .toMatchObject({ status: 'new', lead_score: null, owner: null, verdict: 'created', because: 'nobody like this' });
    expect(capturedView({ submission_id: 's', verdict: 'touched', because: 'same e-mail', lead: intake })).toMatchObject({ status: null });
  });
});

describe('the entity tag', () => {
  it('tells the revision of every owner that answered', () => {
    expect(etagOf(parts)).toBe('"i3.s2.r1.q4"');
    expect(etagOf({ ...parts, scoring: null })).toBe('"i3.r1.q4"');
  });

  it('comes back as what each owner is expected to have', () => {
    const expected = expectationsOf('"i3.s2.q4"');
    expect([expected('intake'), expected('scoring'), expected('qualification')]).toEqual([3, 2, 4]);
    expect(() => expected('routing')).toThrow('says nothing of what routing knows');
    expect(expectationsOf(undefined)('routing')).toBeUndefined();
    expect(expectationsOf('*')('routing')).toBeUndefined();
  });

  it.each(['', 'i3', '"x3"', 'W/"i3"', '"i3", "i4"', '"i3.s"'])('is refused as %j', (text) => {
    expect(() => expectationsOf(text)).toThrow('If-Match must be');
  });
});

describe('splitting a patch', () => {
  it('gives each field to the one service that owns it', () => {
    expect(splitPatch({
      status: 'nurturing', qualification_notes: 'q', rating: 4, owner_id: null, next_follow_up: '2026-11-21', tags: ['a'], notes: 'n', email: null,
    })).toEqual({
      qualification: { status: 'nurturing', qualification_notes: 'q' }, scoring: { rating: 4 },
      routing: { owner_id: null, next_follow_up: '2026-11-21' }, intake: { tags: ['a'], notes: 'n', email: null },
    });
  });

  it('loses no field of the contract', () => {
    const fields = Object.keys(jsonSchemaOf(PatchLead, { closed: true, refPrefix: '' }).properties as object);
    const parts = splitPatch(Object.fromEntries(fields.map((field) => [field, null])) as PatchLead);
    expect(Object.values(parts).flatMap((part) => Object.keys(part as object)).sort()).toEqual([...fields].sort());
  });
});
