import { RunError } from '../instance/run-error';
import { notesIn } from './labelled-note';

const note = (more: object = {}): string => JSON.stringify({ text: 'Budget $75K approved.', date: '2025-12-15', expected: {}, ...more });

it('reads a note a line; what is not labelled is not said', () => {
  const content = `${note({ expected: { budget: { amount: 75_000, currency: 'USD', status: 'approved' } } })}\n\n${note()}\n`;
  expect(notesIn(content).map(({ expected }) => expected)).toEqual([
    { budget: { amount: 75_000, currency: 'USD', status: 'approved' }, authority: null, need: null, timeline: null },
    { budget: null, authority: null, need: null, timeline: null },
  ]);
});

it.each([
  ['{', 'Line 2 is no JSON document'],
  ['{}', 'Line 2 is not of the form {text, date, expected}'],
  [note({ date: 'yesterday' }), 'Line 2 is not of the form {text, date, expected}'],
  [note({ expected: null }), 'Line 2 is not of the form {text, date, expected}'],
  ['null', 'Line 2 is not of the form {text, date, expected}'],
])('names the line of %s', (line, because) => {
  expect(() => notesIn(`${note()}\n${line}`)).toThrow(new RunError(because));
});
