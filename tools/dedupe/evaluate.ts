import { setImmediate } from 'node:timers/promises';
import {
  candidatePairs, Frequencies, learnDuplicates, learnWeights, Matcher, matchKeys, PairList, type Comparable, type MatchingModel,
} from '@headwater/matching';
import type { Terminal } from '../launcher/terminal';
import { qualityOf, type Quality } from './counts';
import { modelFor } from './mapping';
import type { Options } from './options';
import { recordsOf } from './records';
import { mustHave, readTable, type Table } from './table';
import { truthOfColumn, truthOfPairs, type Truth } from './truth';

/** What one set of weights makes of the file. */
export interface Result {
  same: Quality;
  /** of both bands, same and review */
  review: Quality;
  /** pairs in the band review alone, for each true pair */
  reviewsPerTruePair: number;
  model: MatchingModel;
}

export interface Evaluation {
  rows: number;
  truePairs: number;
  allPairs: number;
  comparedPairs: number;
  /** share of the true pairs that are among those compared */
  blockedRecall: number;
  rowsPerSecond: number;
  withDefaults: Result;
  /** with weights that were estimated from the file */
  learnt?: Result;
  note?: string;
}

/** After so many pairs it is said how far it is, and looked whether to stop. */
const PAIRS_AT_ONCE = 20_000;

interface Work {
  records: readonly Comparable[];
  frequencies: Frequencies;
  pairs: PairList;
  truth: Truth;
  stop: AbortSignal;
}

/** @throws RunError in one sentence, when a file can't be read or doesn't have what the options say */
export async function evaluate(options: Options, terminal: Terminal, stop: AbortSignal): Promise<Evaluation> {
  const tables = [options.file, ...(options.file2 ? [options.file2] : [])].map((file) => readTable(file, options.header));
  for (const { column } of options.columns) {
    if (!tables.some(({ columns }) => columns.includes(column))) mustHave(tables[0]!, column);
  }
  const truth = truthOf(options, tables);
  const model = modelFor(options.columns);
  const rows = tables.reduce((sum, table) => sum + table.rows.length, 0);

  const begun = performance.now();
  const { records, frequencies, pairs } = await terminal.step('Candidates', async (say) => {
    say(`normalising ${rows} rows`);
    return findCandidates(tables, options, model);
  }, ({ pairs: found }) => `${found.length.toLocaleString('en')} pairs of ${rows.toLocaleString('en')} rows`);
  const work: Work = { records, frequencies, pairs, truth, stop };
  const withDefaults = await judge(terminal, 'Default weights', work, () => learnDuplicates(work, model));
  const seconds = (performance.now() - begun) / 1_000;
  const learnt = options.learn ? await judge(terminal, 'Learnt weights', work, () => learnWeights(work, model)) : undefined;

  return {
    rows, truePairs: truth.pairs, allPairs: allPairsOf(tables), comparedPairs: pairs.length, blockedRecall: trueAmong(pairs, truth) / truth.pairs,
    rowsPerSecond: rows / seconds, withDefaults, learnt, note: truth.note,
  };
}

function truthOf({ truth, id }: Options, tables: readonly Table[]): Truth {
  if ('column' in truth) return truthOfColumn(tables, truth.column);
  return truthOfPairs(tables, id, readTable(truth.pairs));
}

function allPairsOf([first, second]: readonly Table[]): number {
  const rows = first!.rows.length;
  return second ? rows * second.rows.length : (rows * (rows - 1)) / 2;
}

function trueAmong(pairs: PairList, truth: Truth): number {
  let found = 0;
  for (let index = 0; index < pairs.length; index += 1) if (truth.of(...pairs.at(index))) found += 1;
  return found;
}

type Candidates = Pick<Work, 'records' | 'frequencies' | 'pairs'>;

function findCandidates(tables: readonly Table[], { columns }: Options, model: MatchingModel): Candidates {
  const records = tables.flatMap((table) => recordsOf(table, columns, model));
  const frequencies = new Frequencies();
  for (const record of records) frequencies.add(record);
  const border = tables[0]!.rows.length;
  const isAcross = (i: number, j: number): boolean => i < border && j >= border;
  const pairs = new PairList();
  for (const pair of candidatePairs(keysOf(records, model))) {
    if (tables.length === 1 || isAcross(...pair)) pairs.push(...pair);
  }
  return { records, frequencies, pairs };
}

function* keysOf(records: readonly Comparable[], model: MatchingModel): Generator<string[]> {
  for (const record of records) yield matchKeys(record, model);
}

async function judge(terminal: Terminal, title: string, work: Work, learn: () => MatchingModel): Promise<Result> {
  return terminal.step(title, async (say) => {
    say('learning');
    await setImmediate();
    const model = learn();
    const matcher = new Matcher(model, work.frequencies);
    const counts = { same: { true: 0, false: 0 }, review: { true: 0, false: 0 } };
    let reviews = 0;
    for (let index = 0; index < work.pairs.length; index += 1) {
      if (index % PAIRS_AT_ONCE === 0) {
        say(`${index.toLocaleString('en')} of ${work.pairs.length.toLocaleString('en')} pairs`);
        await setImmediate();
        work.stop.throwIfAborted();
      }
      const [i, j] = work.pairs.at(index);
      const truth = work.truth.of(i, j);
      if (truth === undefined) continue;
      const { band } = matcher.compare(work.records[i]!, work.records[j]!);
      if (band === 'new') continue;
      counts.review[`${truth}`] += 1;
      if (band === 'same') counts.same[`${truth}`] += 1;
      else reviews += 1;
    }
    const all = work.truth.pairs;
    return {
      same: qualityOf(counts.same.true, counts.same.false, all), review: qualityOf(counts.review.true, counts.review.false, all),
      reviewsPerTruePair: reviews / all, model,
    };
  }, ({ same, review }) => `F1 ${same.f1.toFixed(4)} same, ${review.f1.toFixed(4)} same or review`);
}
