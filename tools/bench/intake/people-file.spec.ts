import { People } from '../load/people';
import { peopleFile } from './people-file';

test('is a header and as many rows as wanted, of people whom nobody has sent', () => {
  const people = new People();
  const first = people.first;
  const lines = [...peopleFile(people, 1_200)].join('').trimEnd().split('\r\n');
  expect(lines).toHaveLength(1_201);
  expect(lines[0]).toMatch(/^first_name,last_name,email,phone,/);
  expect(new Set(lines.map((line) => line.split(',')[2])).size).toBe(1_201);
  expect(lines[1]).toContain(String(first));
});
