import { tellingGrams } from './phone-grams';

const NUMBER = ['=demo', '#4940', '#9401', '#4011', '#0111', '#1111', '#1111', '#1111', '#1112'];

it('a number is looked for by its rarest lexemes, each once', () => {
  expect(tellingGrams(NUMBER, [1, 0.5, 0.4, 0.2, 0.1, 0, 0, 0, 0.001])).toEqual({ telling: ['#1111', '#1112', '#0111', '#4011'], areCommon: false });
  expect(tellingGrams(NUMBER, [1, 0.5, 0.4, 0.2, 0.1, 0.03, 0.03, 0.03, 0.01])).toMatchObject({ telling: ['#1112', '#1111', '#0111', '#4011'], areCommon: true });
});

it('by all of them while nothing is known: what stands first is what most numbers begin with', () => {
  expect(tellingGrams(NUMBER, null)).toEqual({ telling: [...new Set(NUMBER)], areCommon: false });
});
