import { writeFileSync } from 'node:fs';
import { comparedFields, type MatchingModel } from '@headwater/matching';
import { RunError } from '../instance/run-error';
import type { Terminal } from '../launcher/terminal';
import type { Quality } from './counts';
import type { Evaluation, Result } from './evaluate';

/** @throws RunError in one sentence */
export function writeDocument(file: string, evaluation: Evaluation): void {
  try {
    writeFileSync(file, `${JSON.stringify(documentOf(evaluation), null, 2)}\n`);
  } catch (error) {
    throw new RunError(`${file} can't be written: ${(error as Error).message}`, { cause: error });
  }
}

/** What `--json` writes: of the learnt weights where these were asked for, with the default ones' result beside it. */
export function documentOf({ withDefaults, learnt, ...facts }: Evaluation): object {
  return {
    ...resultDocument(learnt ?? withDefaults),
    ...(learnt && { with_default_weights: resultDocument(withDefaults) }),
    rows: facts.rows, true_pairs: facts.truePairs, pairs_compared: facts.comparedPairs, all_pairs: facts.allPairs,
    blocked_recall: facts.blockedRecall, rows_per_s: facts.rowsPerSecond,
  };
}

const resultDocument = ({ same, review, reviewsPerTruePair, model }: Result): object =>
  ({ same, review, reviews_per_true_pair: reviewsPerTruePair, weights: weightsDocument(model) });

const weightsDocument = (model: MatchingModel): object => ({
  duplicates: model.duplicates, neighbours: model.neighbours, bands: model.bands,
  fields: Object.fromEntries(comparedFields(model).map(({ name, kind, about, levels }) => [name, {
    kind: kind.name, about, levels: Object.fromEntries(levels.map(({ name: level, m, u }) => [level, { m, u }])),
  }])),
});

const WIDTH = 22;

export function linesOf({ withDefaults, learnt, ...facts }: Evaluation, terminal: Terminal): string[] {
  const heading = (text: string): string => terminal.emphasize('bold', text);
  const results = Object.entries({ 'default weights': withDefaults, ...(learnt && { 'learnt weights': learnt }) });
  return [
    '',
    `${''.padEnd(WIDTH)}${['precision', 'recall', 'F1', 'true', 'wrong', 'missed'].map((name) => name.padStart(10)).join('')}`,
    ...results.flatMap(([name, { same, review, reviewsPerTruePair }]) => [
      heading(name), line('  same', same), line('  same or review', review),
      `  ${reviewsPerTruePair.toFixed(2)} pairs in review for each true pair`,
    ]),
    '',
    `compared     ${count(facts.comparedPairs)} of ${count(facts.allPairs)} pairs of ${count(facts.rows)} rows; in them `
      + `${percent(facts.blockedRecall)} of the ${count(facts.truePairs)} true pairs`,
    `speed        ${count(Math.round(facts.rowsPerSecond))} rows/s, normalised, compared and judged`,
    ...(facts.note ? [`note         ${facts.note}`] : []),
    ...results.flatMap(([name, { model }]) => [
      '', heading(`${name}: m/u of each level, ${model.duplicates.toFixed(2)} duplicates per record`), ...weights(model),
    ]),
  ];
}

const line = (name: string, { precision, recall, f1, tp, fp, fn }: Quality): string =>
  `${name.padEnd(WIDTH)}${[precision, recall, f1].map((share) => share.toFixed(4).padStart(10)).join('')}`
  + [tp, fp, fn].map((pairs) => count(pairs).padStart(10)).join('');

const weights = (model: MatchingModel): string[] => comparedFields(model).map(({ name, levels }) =>
  `  ${name.padEnd(WIDTH - 1)} ${levels.map(({ name: level, m, u }) => `${level} ${m.toFixed(3)}/${Number(u.toPrecision(2))}`).join(', ')}`);

const count = (value: number): string => value.toLocaleString('en');
const percent = (share: number): string => `${(100 * share).toFixed(2)} %`;
