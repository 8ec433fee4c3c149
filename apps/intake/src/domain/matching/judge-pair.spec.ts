import { comparableOf, DEFAULT_MODEL, Frequencies, Matcher } from '@headwater/matching';
import { judgePair, type KnownReview, type MatchRecord } from './judge-pair';

const matcher = new Matcher(DEFAULT_MODEL, new Frequencies());
const record = (lead_id: number, values: Record<string, string>, more: Partial<MatchRecord> = {}): MatchRecord => ({
  tenant_id: 'demo', lead_id, revision: 1, identity: lead_id * 10, former_lead_id: null, record: comparableOf(values, DEFAULT_MODEL), ...more,
});
const ANN = { first_name: 'Ann', last_name: 'Ito', email: 'ann@ito.example.com', phone: '+4930901820' };
const ann = record(1, ANN);
const alsoAnn = record(2, { ...ANN, email: 'ann.ito@work.example.com' });
const bob = record(3, { first_name: 'Bob', last_name: 'Ray', email: 'bob@ray.example.com' });
const known = (more: Partial<KnownReview>): KnownReview =>
  ({ low_id: 1, high_id: 2, status: 'open', low_identity: 10, high_identity: 20, doubt: null, ...more });

describe('a pair', () => {
  test('that may be one person is open, with its reasons, the lower id first whichever was looked at', () => {
    const judgement = judgePair(alsoAnn, ann, undefined, matcher);
    expect(judgement).toMatchObject({ low_id: 1, high_id: 2, status: 'open', low_identity: 10, high_identity: 20 });
    expect(judgement?.evidence.map(({ field, level }) => [field, level])).toContainEqual(['phone', 'equal']);
    expect(judgement).toEqual(judgePair(ann, alsoAnn, undefined, matcher));
  });

  test('of two persons is none', () => {
    expect(judgePair(ann, bob, undefined, matcher)).toBeNull();
  });

  test('of a converted lead and the one that is known to follow it is none', () => {
    expect(judgePair(ann, { ...alsoAnn, former_lead_id: 1 }, undefined, matcher)).toBeNull();
    expect(judgePair({ ...alsoAnn, former_lead_id: 1 }, ann, undefined, matcher)).toBeNull();
  });

  test.each(['withdrawn', 'merged'] as const)('that was %s and is in question again is open again', (status) => {
    expect(judgePair(ann, alsoAnn, known({ status }), matcher)?.status).toBe('open');
  });

  test('that is in question no more is withdrawn, unless a submission was in doubt about it', () => {
    const other = record(2, { first_name: 'Bob', last_name: 'Ray', email: 'bob@ray.example.com' });
    expect(judgePair(ann, other, known({}), matcher)?.status).toBe('withdrawn');
    expect(judgePair(ann, other, known({ doubt: 'same phone, but another e-mail' }), matcher)).toMatchObject({ status: 'open', band: 'review' });
    expect(judgePair(ann, other, known({ status: 'dismissed', high_identity: 21 }), matcher)).toBeNull();
  });
});

describe('a dismissed pair', () => {
  const dismissed = known({ status: 'dismissed' });

  test('stays so, and comes back when one of them is somebody else by now', () => {
    expect(judgePair(ann, alsoAnn, dismissed, matcher)).toBeNull();
    expect(judgePair({ ...ann, identity: 11 }, alsoAnn, dismissed, matcher)?.status).toBe('open');
    expect(judgePair(ann, { ...alsoAnn, identity: 21 }, dismissed, matcher)?.status).toBe('open');
  });

  test('that was never compared is dismissed as they are now', () => {
    const early = known({ status: 'dismissed', low_identity: null, high_identity: null });
    expect(judgePair(ann, alsoAnn, early, matcher)).toMatchObject({ status: 'dismissed', low_identity: 10, high_identity: 20 });
  });
});
