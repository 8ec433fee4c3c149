import { PassThrough } from 'node:stream';
import { Terminal } from '../terminal';
import { journeyLines } from './journey-table';
import type { Journey } from './journeys';

const terminal = (columns: number): Terminal => new Terminal(Object.assign(new PassThrough(), { columns }));

const maria: Journey = {
  name: 'Maria Alvarez', company: 'Meridian Health', captured: { verdict: 'created', ms: 11.7 },
  score: { total_score: 82, grade: 'A', temperature: 'hot' }, owner: 'Dana Kim',
  because: "rule 'Large' held since employees ≥ 1000, and in the pool that it names it was her turn after Marcus Hale",
  status: 'new', routedMs: 143.4,
};
const waiting: Journey = { ...maria, name: 'Kenji Mori', company: '', score: null, owner: null, because: null, routedMs: null };

test('is a table where there is room for one', () => {
  const lines = journeyLines([maria, waiting], terminal(120));
  expect(lines.map((line) => line.length).filter((length) => length > 120)).toEqual([]);
  expect(lines).toEqual([
    '  LEAD                    CAPTURED              SCORE          OWNER AND WHY                      STATUS          ROUTED',
    `  ${'─'.repeat(118)}`,
    '  Maria Alvarez           created, 12 ms        82 A hot       Dana Kim                           new             143 ms',
    "  Meridian Health         rule 'Large' held since employees ≥ 1000, and in the pool that it names it was her turn after…",
    '  Kenji Mori              created, 12 ms        not yet        nobody yet                         new                  –',
  ]);
});

test('is a paragraph for each lead on a narrow terminal', () => {
  expect(journeyLines([maria, waiting], terminal(80))).toEqual([
    '  Maria Alvarez, Meridian Health',
    '    created, 12 ms → 82 A hot → Dana Kim → new → routed in 143 ms',
    `    ${maria.because}`,
    '  Kenji Mori',
    '    created, 12 ms → not yet → nobody yet → new',
  ]);
});

test('leaves out how they came in for leads that were there before', () => {
  const { captured: _, routedMs: __, ...present } = maria;
  expect(journeyLines([present], terminal(120))[0]).not.toContain('CAPTURED');
});
