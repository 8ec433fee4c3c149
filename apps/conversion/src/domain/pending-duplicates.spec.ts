import type { ExplainedReview } from '@headwater/contracts';
import { pendingDuplicates } from './pending-duplicates';

const review = (id: number, low: number, high: number) => ({
  id, band: 'same', probability: 0.99, because: 'Same phone.', leads: [{ lead_id: low }, { lead_id: high }],
}) as ExplainedReview;

test('nothing is said of a lead without any', () => expect(pendingDuplicates(5, [], true)).toEqual([]));

test('the others are named, whichever came first', () => {
  expect(pendingDuplicates(5, [review(71, 4, 5), review(72, 5, 6)], false)).toEqual([{
    code: 'duplicates_pending', detail: '2 other leads may be the same person: decide about the duplicate reviews 71, 72',
    candidates: [
      { review_id: 71, lead_id: 4, band: 'same', probability: 0.99, because: 'Same phone.' },
      { review_id: 72, lead_id: 6, band: 'same', probability: 0.99, because: 'Same phone.' },
    ],
  }]);
});

test('a tenant may want them decided first', () => {
  expect(() => pendingDuplicates(5, [review(71, 4, 5)], true)).toThrow(expect.objectContaining({
    body: expect.objectContaining({
      code: 'duplicates_pending', detail: 'Another lead may be the same person: decide about the duplicate review 71',
      more: { duplicates: [expect.objectContaining({ review_id: 71, lead_id: 4 })] },
    }),
  }));
});
