import { agree, type Comparable, type RecordAgreement } from './agree';
import type { Frequencies } from './frequencies';
import { Matcher } from './matcher';
import { comparedFields, type ComparedField, type MatchingModel, type ModelField } from './model';

/** How many likely pairs the present weights stand for: few records teach little. */
const WEIGHT_OF_PRESENT = 60;
const MOST_ROUNDS = 15;
/** Of more pairs than this, some evenly spread ones tell as much. */
const MOST_PAIRS = 100_000;
/** It is over when the duplicates per record move by less. */
const SETTLED = 0.001;
const DUPLICATES = { fewest: 0.01, most: 10 };

/** Records that are compared to learn from, without being told who is who. */
export interface Sample {
  records: readonly Comparable[];
  /** those that are worth comparing, by index */
  pairs: readonly (readonly [number, number])[];
  frequencies: Frequencies;
}

/** Finds how many duplicates a record has, as the present weights see it; these stay. */
export function learnDuplicates(sample: Sample, model: MatchingModel): MatchingModel {
  return repeat(sample, model, (present, { duplicates }) => ({ ...present, duplicates }));
}

/**
 * Estimates the weights, too: expect how likely each pair is one person's, take over how the likely ones agree, and again
 * (expectation maximisation: Dempster, Laird and Rubin 1977, for records Winkler 1988). Only `m` is learnt; `u` is known from
 * how common values are.
 */
export function learnWeights(sample: Sample, model: MatchingModel): MatchingModel {
  const fields = comparedFields(model);
  return repeat(sample, model, (present, { duplicates, levels }) => ({
    ...present, duplicates, fields: model.fields.map((field, index) => withWeights(field, fields[index]!, levels.get(field.name)!)),
  }));
}

interface Expected {
  /** how many others of the same person a record has */
  duplicates: number;
  /** how many pairs of one person agree so, by field, for each of its levels */
  levels: Map<string, number[]>;
}

type Improve = (present: MatchingModel, expected: Expected) => MatchingModel;

function repeat(sample: Sample, model: MatchingModel, improve: Improve): MatchingModel {
  const fields = comparedFields(model);
  const step = Math.max(1, Math.ceil(sample.pairs.length / MOST_PAIRS));
  const agreements = sample.pairs.filter((_, index) => index % step === 0)
    .map(([i, j]) => agree(sample.records[i]!, sample.records[j]!, fields));
  let present = model;
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const next = improve(present, expect(new Matcher(present, sample.frequencies), agreements, sample.records.length / step));
    const moved = Math.abs(next.duplicates - present.duplicates);
    present = next;
    if (moved < SETTLED) break;
  }
  return present;
}

/** @param records how many there are for these agreements */
function expect(matcher: Matcher, agreements: readonly RecordAgreement[], records: number): Expected {
  const levels = new Map(matcher.fields.map(({ name, levels: of }) => [name, of.map(() => 0)]));
  let same = 0;
  for (const agreement of agreements) {
    const { probability, agreements: ofFields } = matcher.likelihood(agreement);
    same += probability;
    for (const { field: { name }, level } of ofFields) levels.get(name)![level]! += probability;
  }
  const duplicates = Math.min(DUPLICATES.most, Math.max(DUPLICATES.fewest, (2 * same) / records));
  return { duplicates, levels };
}

function withWeights(field: ModelField, { levels }: ComparedField, counts: readonly number[]): ModelField {
  const total = counts.reduce((sum, count) => sum + count, 0);
  const weights = levels.map(({ name, m }, index) => [name, {
    ...field.weights?.[name], m: (counts[index]! + WEIGHT_OF_PRESENT * m) / (total + WEIGHT_OF_PRESENT),
  }] as const);
  return { ...field, weights: Object.fromEntries(weights) };
}
