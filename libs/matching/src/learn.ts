import { agree, namesPerson, type Comparable, type RecordAgreement } from './agree';
import type { Frequencies } from './frequencies';
import { Matcher } from './matcher';
import { comparedFields, DEFAULT_MODEL, type ComparedField, type MatchingModel, type ModelField } from './model';

/** How many likely pairs the present weights stand for: few records teach little. */
const WEIGHT_OF_PRESENT = 60;
const MOST_ROUNDS = 15;
/** Of more pairs than this, some evenly spread ones tell as much. */
const MOST_PAIRS = 100_000;
const PAIRS_AT_ONCE = 2_000;
/** A pair that the weights it begins with hold for less likely is not learnt from: families, branches and towns are more than duplicates, and draw it away. */
const LEAST_LIKELY = 0.2;
/** It is over when the duplicates per record move by less. */
const SETTLED = 0.001;
const DUPLICATES = { fewest: 0.01, most: 10 };
const FEWEST_NEIGHBOURS = 0.02;
/** So many persons are thought to have what is typical, besides those who are counted. */
const WEIGHT_OF_NEIGHBOURS = 10;

/** Records that are compared to learn from, without being told who is who. */
export interface Sample {
  records: readonly Comparable[];
  /** those that are worth comparing, by index */
  pairs: { readonly length: number; at(index: number): readonly [number, number] | undefined };
  frequencies: Frequencies;
  /** the first so many records are those of which every pair is among `pairs`; all of them when left out */
  looked?: number;
}

/** Work in steps of some hundredths of a second, for who has to do something else between them. */
export type InSteps<Result> = Generator<undefined, Result>;

/** Finds how many duplicates a record has, and somebody neighbours, as the present weights see it; these stay. */
export function learnDuplicates(sample: Sample, model: MatchingModel): MatchingModel {
  return allSteps(repeat(sample, model, (present, { duplicates, neighbours }) => ({ ...present, duplicates, neighbours })));
}

/**
 * Estimates the weights, too: expect how likely each pair is one person's, take over how the likely ones agree, and again
 * (expectation maximisation: Dempster, Laird and Rubin 1977, for records Winkler 1988). Only `m` is learnt; `u` is known from
 * how common values are.
 */
export const learnWeights = (sample: Sample, model: MatchingModel): MatchingModel => allSteps(learnWeightsInSteps(sample, model));

/** The same, in steps. */
export function learnWeightsInSteps(sample: Sample, model: MatchingModel): InSteps<MatchingModel> {
  const fields = comparedFields(model);
  return repeat(sample, model, (present, { duplicates, neighbours, levels }) => ({
    ...present, duplicates, neighbours, fields: model.fields.map((field, index) => withWeights(field, fields[index]!, levels.get(field.name)!)),
  }), LEAST_LIKELY);
}

interface Expected {
  /** how many others of the same person a record has */
  duplicates: number;
  /** how many others share somebody's surroundings */
  neighbours: number;
  /** how many pairs of one person agree so, by field, for each of its levels */
  levels: Map<string, number[]>;
}

type Improve = (present: MatchingModel, expected: Expected) => MatchingModel;

function allSteps<Result>(steps: InSteps<Result>): Result {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

function* repeat(sample: Sample, model: MatchingModel, improve: Improve, leastLikely = 0): InSteps<MatchingModel> {
  const fields = comparedFields(model);
  const step = Math.max(1, Math.ceil(sample.pairs.length / MOST_PAIRS));
  const looked = sample.looked ?? sample.records.length;
  const begun = { ...model, neighbours: DEFAULT_MODEL.neighbours };
  const first = new Matcher(begun, sample.frequencies);
  const pairs: Pair[] = [];
  for (let index = 0; index < sample.pairs.length; index += step) {
    const [i, j] = sample.pairs.at(index)!;
    const agreement = agree(sample.records[i]!, sample.records[j]!, fields);
    const { probability, near } = first.likelihood(agreement);
    const isLikely = probability >= leastLikely;
    if (isLikely || near) pairs.push({ agreement, ends: Number(i < looked) + Number(j < looked), isLikely, near });
    if ((index / step) % PAIRS_AT_ONCE === PAIRS_AT_ONCE - 1) yield;
  }
  const persons = sample.records.slice(0, looked).filter(namesPerson).length;
  const counted: Counted = { records: looked / step, persons: persons / step };
  let present: MatchingModel = begun;
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const next = improve(present, expect(new Matcher(present, sample.frequencies), pairs, counted));
    const moved = Math.abs(next.duplicates - present.duplicates);
    present = next;
    if (moved < SETTLED) break;
    yield;
  }
  return present;
}

interface Pair {
  agreement: RecordAgreement;
  /** for how many of its two records all pairs are there */
  ends: number;
  /** by the weights it begins with, enough to learn from */
  isLikely: boolean;
  /** their surroundings are one, whoever they are */
  near: boolean;
}

/** How many records there are whose pairs these are, and how many of them are a person's. */
interface Counted { records: number; persons: number }

function expect(matcher: Matcher, pairs: readonly Pair[], { records, persons }: Counted): Expected {
  const levels = new Map(matcher.fields.map(({ name, levels: of }) => [name, of.map(() => 0)]));
  let [others, near] = [0, 0];
  for (const pair of pairs) {
    const { probability, agreements: ofFields } = matcher.likelihood(pair.agreement);
    if (pair.near) near += pair.ends * (1 - probability);
    if (!pair.isLikely) continue;
    others += pair.ends * probability;
    for (const { field: { name }, level } of ofFields) levels.get(name)![level]! += probability;
  }
  const duplicates = Math.min(DUPLICATES.most, Math.max(DUPLICATES.fewest, others / records));
  const ofPerson = (near + WEIGHT_OF_NEIGHBOURS * DEFAULT_MODEL.neighbours) / (persons + WEIGHT_OF_NEIGHBOURS);
  return { duplicates, neighbours: Math.max(FEWEST_NEIGHBOURS, ofPerson), levels };
}

function withWeights(field: ModelField, { levels }: ComparedField, counts: readonly number[]): ModelField {
  const total = counts.reduce((sum, count) => sum + count, 0);
  const weights = levels.map(({ name, m }, index) => [name, {
    ...field.weights?.[name], m: (counts[index]! + WEIGHT_OF_PRESENT * m) / (total + WEIGHT_OF_PRESENT),
  }] as const);
  return { ...field, weights: Object.fromEntries(weights) };
}
