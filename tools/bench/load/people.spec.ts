import { bodyOf, People } from './people';

const people = new People();
const bodies = Array.from({ length: 100 }, () => people.take());

test('everybody is somebody else, by everything that a lead is found again by', () => {
  for (const field of ['email', 'phone', 'company_name', 'website']) {
    expect(new Set(bodies.map((body) => (JSON.parse(body) as Record<string, string>)[field])).size).toBe(100);
  }
});

test('a body is as large as that of a real form', () => {
  const sizes = bodies.map((body) => Buffer.byteLength(body));
  expect(Math.min(...sizes)).toBeGreaterThan(600);
  expect(Math.max(...sizes)).toBeLessThan(900);
});

test('those that were sent are passed', () => {
  const { first } = people;
  people.pass(7);
  expect(people.first).toBe(first + 7);
});

test('a number takes its template, and stands wherever the template has a place for it', () => {
  expect(bodyOf(['a #########', 'b ######### #########'], 100_000_001)).toBe('b 100000001 100000001');
});
