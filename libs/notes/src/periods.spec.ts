import { periodsIn } from './periods';

const read = (text: string, today = '2025-12-15') => periodsIn(text, today).map(({ by, days }) => (days === null ? by : `${by} in ${days}`));

it.each([
  ['Q1 2026', '2026-03-31'], ['before Q2', '2026-03-31'], ['by the end of Q2', '2026-06-30'], ['end of Q3 2026', '2026-09-30'], ['H2 2026',
  '2026-12-31'], ['first half of 2026', '2026-06-30'], ['Q4', '2025-12-31'],
  ['end of March', '2026-03-31'], ['March 2026', '2026-03-31'], ['mid-April', '2026-04-15'], ['early May', '2026-05-10'], ['before September',
  '2026-08-31'], ["June '27", '2027-06-30'], ['next month', '2026-01-31'],
  ['this quarter', '2025-12-31'], ['next quarter', '2026-03-31'], ['end of the year', '2025-12-31'], ['year-end 2026', '2026-12-31'], ['by summer',
  '2026-08-31'], ['next week', '2025-12-28'], ['next year', '2026-12-31'],
  ['bis Ende März', '2026-03-31'], ['im 2. Quartal', '2026-06-30'], ['nächsten Monat', '2026-01-31'], ['vor Juni 2026', '2026-05-31'], ['fin mars',
  '2026-03-31'], ["d'ici juin", '2026-06-30'], ['T2 2026', '2026-06-30'],
  ['le mois prochain', '2026-01-31'], ['antes de septiembre', '2026-08-31'], ['finales de marzo', '2026-03-31'], ['mediados de abril',
  '2026-04-15'],
])('%s ends on %s', (text, by) => {
  expect(read(`We start ${text}.`)).toEqual([by]);
});

it.each([
  ['90 days', '2026-03-15 in 90'], ['3-6 months', '2026-06-13 in 180'], ['two weeks', '2025-12-29 in 14'], ['six months',
  '2026-06-13 in 180'], ['einem Jahr', '2026-12-15 in 365'], ['3 mois', '2026-03-15 in 90'], ['dos semanas', '2025-12-29 in 14'],
])('%s is %s days', (text, by) => {
  expect(read(`within ${text}`)).toEqual([by]);
});

it.each(['they may decide', 'the lead is in marketing', 'we march on', 'no time was named', 'sept people'])('"%s" names none', (text) => {
  expect(read(text)).toEqual([]);
});
