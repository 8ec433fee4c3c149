import * as fc from 'fast-check';
import { evaluate, wordsOf } from '@headwater/rules';
import { intakeState } from '@headwater/testing';
import { defaultModel } from '../default-model';
import { scoreFit } from '../score-fit';
import type { ScoringModel } from '../scoring-model';

const WORDS = ['Vice', 'president', 'of', 'VICE-PRÉSIDENT', 'IT', 'R&D', 'head', 'of', 'Sales', 'ÉTÉ', '/', 'Co-Founder', 'Einkaufsleiter', 'LEITER', '  '];
const holds = (word: string, job_title: string): boolean => (word.startsWith('*')
  ? wordsOf(job_title).trim().split(' ').some((one) => one.endsWith(wordsOf(word).trim()))
  : evaluate({ field: 'job_title', op: 'matches_word', value: word }, { job_title }).holds);
const saidOf = ({ word, name }: { word: string; name: string }): string =>
  (word.startsWith('*') ? `a word of the job title ends in "${word.slice(1)}": ${name}` : `job title has "${word}": ${name}`);
const level = fc.record({
  level: fc.constantFrom('a', 'b', 'c'), points: fc.integer({ min: -5, max: 20 }),
  words: fc.array(fc.constantFrom('vice president', 'president', 'it', 'r&d', 'head of', 'head of sales', 'été', 'cofounder', 'co founder', '*leiter', '*été', '*sident', 'leiter'), { maxLength: 4 }),
});

it('reads a title as its conditions would, word by word and level by level', () => {
  fc.assert(fc.property(fc.array(fc.constantFrom(...WORDS), { maxLength: 6 }), fc.array(level, { maxLength: 4 }), (parts, levels) => {
    const job_title = parts.join(' ');
    const model: ScoringModel = { ...defaultModel, demographic: { ...defaultModel.demographic, seniority: { levels, other: 1 } } };
    const said = scoreFit({ ...intakeState({ lead_id: 1 }), profile: { job_title } }, model).find(({ rule }) => rule === 'seniority');
    const by = levels.flatMap(({ level: name, words, points }) => words.map((word) => ({ name, word, points })))
      .find(({ word }) => holds(word, job_title));
    const expected = by ? [by.points * 100, saidOf(by)] : [100, 'job title tells no level'];
    expect(said && [said.points, said.because]).toEqual(job_title.trim() === '' ? undefined : expected);
  }));
});
