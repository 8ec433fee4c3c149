import { emailOf, keyOfPage, makePopulation, pageOf, type Submission } from './population';

const count = (submissions: Submission[], kind: Submission['kind']): number => submissions.filter((one) => one.kind === kind).length;

describe.each([200, 300, 1_000, 5_000])('of %d submissions', (leads) => {
  const groups = makePopulation(1, leads);
  const submissions = groups.flat();

  test('has as many as were asked for: a tenth repetitions, a tenth twins', () => {
    expect(submissions).toHaveLength(leads);
    expect(count(submissions, 'repetition')).toBe(leads / 10);
    expect(count(submissions, 'twin')).toBe(leads / 10);
    expect(new Set(submissions.map(({ person }) => person)).size).toBe(leads * 0.8);
  });

  test('sends a twin at the same instant as another submission of the person, with a key of its own', () => {
    for (const group of groups.filter(({ length }) => length > 1)) {
      expect(group.map(({ kind }) => kind)).toEqual(['first', 'twin']);
      const [first, twin] = group as [Submission, Submission];
      expect(twin.person).toBe(first.person);
      expect(twin.body.email).toBe(first.body.email);
      expect(twin.key).not.toBe(first.key);
    }
  });

  test('repeats what was sent before, unchanged', () => {
    const sent = new Map<string, Submission>();
    for (const submission of submissions) {
      if (submission.kind !== 'repetition') sent.set(submission.key, submission);
      else expect({ ...submission, kind: sent.get(submission.key)?.kind }).toEqual(sent.get(submission.key));
    }
  });

  test('gives every person an address, and every key a page, of its own', () => {
    const firsts = submissions.filter(({ kind }) => kind !== 'repetition');
    expect(new Set(firsts.map(({ key }) => key)).size).toBe(firsts.length);
    expect(new Set(firsts.map(({ body }) => body.email)).size).toBe(leads * 0.8);
    for (const { key, person, body } of firsts) expect(body).toMatchObject({ email: emailOf(person), page_url: pageOf(key) });
  });
});

test('is decided by the seed', () => {
  expect(makePopulation(7, 300)).toEqual(makePopulation(7, 300));
  expect(makePopulation(8, 300)).not.toEqual(makePopulation(7, 300));
});

test('knows a submission again by its page', () => {
  expect(keyOfPage(pageOf('chaos-1-2-twin'))).toBe('chaos-1-2-twin');
  expect(keyOfPage('https://elsewhere.example/chaos-1')).toBeUndefined();
  expect(keyOfPage(null)).toBeUndefined();
});
