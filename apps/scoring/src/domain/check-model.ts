import type { FieldError } from '@headwater/contracts';
import { distinct, formed, list, number, oneOf, record, report, text, type JsonSchema } from './check-document';
import { PART_MAX } from './contribution-lines';
import { checkReach, demographic } from './models/check-fit';
import { LONGEST_NAME, MOST_POINTS, points } from './models/limits';
import { checkNames, condition, CONDITION_SCHEMA } from './models/named-conditions';
import { isTimeZone } from './signals/zone-offset';
import { MODEL_KINDS, PERIODS, REPEATS, type ModelCondition, type ScoringModel } from './scoring-model';

const MOST_CONDITIONS = 50;
const MOST_GROUPS = 20;
const MOST_SIGNALS = 60;
const MOST_DAYS = 3_650;
const MOST_STARS = 5;
/** A tenant's documents are kept for ever, and read often. */
const MOST_CHARACTERS = 200_000;

const total = number(0, 2 * PART_MAX, 2);
const name = text(LONGEST_NAME);

const document = record({
  name: text(100),
  demographic,
  behavioral: record({
    groups: distinct('name', list(record({ name, cap: number(0, PART_MAX, 2) }), MOST_GROUPS)),
    signals: distinct('signal', list(
      record({ signal: name, group: name, points, half_life_days: number(0.01, MOST_DAYS) }, {
        repeat: oneOf(REPEATS), cap: record({ points: number(0, MOST_POINTS, 2), per: oneOf(PERIODS) }),
      }), MOST_SIGNALS,
    )),
  }, {
    time_zone: formed(60, { matches: isTimeZone, inWords: 'a time zone as in Europe/Berlin' }),
  }),
  bands: record({
    grades: record({ A: total, B: total, C: total, D: total }),
    temperatures: record({ hot: total, warm: total }),
    hysteresis: number(0, 20, 2),
    mql: total,
    hot_rating: number(1, MOST_STARS, 0),
  }),
}, {
  kind: oneOf(MODEL_KINDS),
  segment: record({ name, when: condition, priority: number(0, 1_000, 0) }),
  conditions: distinct('name', list(record({ name, when: condition }), MOST_CONDITIONS)),
  drift: record({ min_outcomes: number(5, 100_000, 0), narrowing: number(0.01, 1, 2) }),
});

/** What a document must be like as far as JSON Schema can say it; the rest is in what `checkModel` tells. */
export const MODEL_SCHEMA: JsonSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema', title: 'Scoring model', ...document.schema, $defs: { condition: CONDITION_SCHEMA },
};

/**
 * Everything that keeps a document from being a `ScoringModel`: each with its dotted path, a code and a sentence. Empty
 * when it is one. It never throws, whatever the document is.
 */
export function checkModel(given: unknown): FieldError[] {
  const errors: FieldError[] = [];
  document(given, '', errors);
  if (errors.length > 0) return errors;
  const model = given as ScoringModel;
  if (JSON.stringify(model).length > MOST_CHARACTERS) report(errors, '', 'too_long', `may have at most ${MOST_CHARACTERS} characters`);
  const { behavioral, bands: { grades, temperatures } } = model;
  const groups = new Set(behavioral.groups.map((group) => group.name));
  behavioral.signals.forEach(({ group }, i) => {
    if (!groups.has(group)) report(errors, `behavioral.signals.${i}.group`, 'unknown_group', `names no group: "${group}"`);
  });
  falling(errors, 'bands.grades', Object.entries({ A: grades.A, B: grades.B, C: grades.C, D: grades.D }));
  falling(errors, 'bands.temperatures', Object.entries({ hot: temperatures.hot, warm: temperatures.warm }));
  return [...errors, ...checkReach(model.demographic), ...checkNames(model, conditionsIn(model))];
}

/** Where a model has conditions, but for those that it names. */
function conditionsIn({ segment, demographic: { rules } }: ScoringModel): [string, ModelCondition][] {
  const inRules = rules.flatMap((rule, i) => ('tiers' in rule
    ? rule.tiers.map(({ when }, j): [string, ModelCondition] => [`demographic.rules.${i}.tiers.${j}.when`, when])
    : [[`demographic.rules.${i}.when`, rule.when] as [string, ModelCondition]]));
  return [...(segment ? [['segment.when', segment.when] as [string, ModelCondition]] : []), ...inRules];
}

function falling(errors: FieldError[], path: string, bounds: [string, number][]): void {
  bounds.slice(1).forEach(([band, bound], i) => {
    const [above, higher] = bounds[i];
    if (bound >= higher) report(errors, `${path}.${band}`, 'overlapping_bands', `must be below ${above}`);
  });
}
