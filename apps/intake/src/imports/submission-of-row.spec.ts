import { submissionOf } from './submission-of-row';

test('submissions of rows stand in the log where the import does, in the order of the file', () => {
  const at = (id: number, time: string) => ({ id, started_at: `2026-03-01T${time}.000Z`, created_at: '2026-02-01T00:00:00.000Z' });
  const [first, second] = [at(9, '10:00:00'), at(7, '10:00:01')];
  const ids = [submissionOf(first, 1), submissionOf(first, 2), submissionOf(first, 3_000_000), submissionOf(second, 1)];
  expect(ids).toEqual([...ids].sort());
  expect(new Set([...ids, submissionOf({ ...first, id: 8 }, 1), submissionOf(first, 1)]).size).toBe(ids.length + 1);
  expect(submissionOf({ ...first, started_at: null }, 1) < ids[0]).toBe(true);
});
