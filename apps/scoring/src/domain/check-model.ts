import type { FieldError } from '@headwater/contracts';
import { checkCondition } from '@headwater/rules';
import { PART_MAX } from './contribution-lines';
import { leadFields } from './lead-facts';
import { isStorable, list, names, number, record, report, text, type Check } from './check-document';
import { EMAIL_QUALITIES } from './scoring-model';

/** Points of one rule, either way; more could only be capped away. */
const MOST_POINTS = 100;
const MOST_BANDS = 30;
const MOST_TIERS = 30;
const MOST_LEVELS = 30;
const MOST_WORDS = 200;
const MOST_RULES = 50;
const MOST_GROUPS = 20;
const MOST_SIGNALS = 60;
const LONGEST_NAME = 60;
const MOST_DAYS = 3_650;
const MOST_STARS = 5;

const points = number(-MOST_POINTS, MOST_POINTS, 2);
const total = number(0, 2 * PART_MAX, 2);
const name = text(LONGEST_NAME);

const bands: Check = (value, path, errors) => {
  list(record({ at_least: number(0, Number.MAX_SAFE_INTEGER), points }), MOST_BANDS)(value, path, errors);
  rising(value, path, errors);
};

/** Bands that don't rise overlap: which of them holds would depend on their order. */
const rising: Check = (value, path, errors) => {
  if (!Array.isArray(value)) return;
  const bounds = value.map((band: { at_least?: unknown } | null) => band?.at_least);
  const at = bounds.findIndex((bound, i) => i > 0 && typeof bound === 'number' && bound <= (bounds[i - 1] as number));
  if (at > 0) report(errors, `${path}.${at}.at_least`, 'overlapping_bands', 'must be above that of the band before');
};

const condition: Check = (value, path, errors) => {
  const problems = checkCondition(value, leadFields);
  for (const { path: pointer, code, message } of problems) {
    errors.push({ field: `${path}${pointer.replaceAll('/', '.')}`, code, detail: message });
  }
  if (problems.length === 0 && !textsOf(value).every(isStorable)) report(errors, path, 'wrong_format', 'has characters that are no text');
};

const textsOf = (value: unknown): string[] => {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsOf) : [];
};

/** Lists whose members are told apart by one of their fields. */
const distinct = (key: string, inner: Check): Check => (value, path, errors) => {
  inner(value, path, errors);
  if (!Array.isArray(value)) return;
  const keys = value.map((item: Record<string, unknown> | null) => item?.[key]);
  keys.forEach((one, i) => {
    if (typeof one === 'string' && keys.indexOf(one) < i) report(errors, `${path}.${i}.${key}`, 'duplicate', `stands twice: "${one}"`);
  });
};

const segment = record({ name, when: condition, priority: number(0, 1_000, 0) });

const document = record({
  name: text(100),
  demographic: record({
    company_size: record({ employees: bands, annual_revenue: bands }),
    industry: record({
      tiers: distinct('name', list(record({ name, industries: names(100, 80), points }), MOST_TIERS)), other: points,
    }),
    seniority: record({ levels: list(record({ level: name, words: names(MOST_WORDS, 80), points }), MOST_LEVELS), other: points }),
    email: record(Object.fromEntries(EMAIL_QUALITIES.map((quality) => [quality, points]))),
    phone: record({ valid: points, invalid: points }),
    geography: record({
      tiers: distinct('name', list(record({ name, countries: names(250, 2, /^[A-Z]{2}$/, 'a country as in US'), points }), MOST_TIERS)),
      elsewhere: points,
    }),
    rules: distinct('name', list(record({ name, when: condition, points }), MOST_RULES)),
  }),
  behavioral: record({
    groups: distinct('name', list(record({ name, cap: number(0, PART_MAX, 2) }), MOST_GROUPS)),
    signals: distinct('signal', list(
      record({ signal: name, group: name, points, half_life_days: number(0.01, MOST_DAYS) }), MOST_SIGNALS,
    )),
  }),
  bands: record({
    grades: record({ A: total, B: total, C: total, D: total }),
    temperatures: record({ hot: total, warm: total }),
    hysteresis: number(0, 20, 2),
    mql: total,
    hot_rating: number(1, MOST_STARS, 0),
  }),
}, { segment });

/**
 * Everything that keeps a document from being a `ScoringModel`: each with its dotted path, a code and a sentence. Empty
 * when it is one. It never throws, whatever the document is.
 */
export function checkModel(model: unknown): FieldError[] {
  const errors: FieldError[] = [];
  document(model, '', errors);
  if (errors.length > 0) return errors;
  const { behavioral, bands: { grades, temperatures } } = model as CheckedShape;
  const groups = new Set(behavioral.groups.map((group) => group.name));
  behavioral.signals.forEach(({ group }, i) => {
    if (!groups.has(group)) report(errors, `behavioral.signals.${i}.group`, 'unknown_group', `names no group: "${group}"`);
  });
  falling(errors, 'bands.grades', Object.entries({ A: grades.A, B: grades.B, C: grades.C, D: grades.D }));
  falling(errors, 'bands.temperatures', Object.entries({ hot: temperatures.hot, warm: temperatures.warm }));
  return errors;
}

interface CheckedShape {
  behavioral: { groups: { name: string }[]; signals: { group: string }[] };
  bands: { grades: Record<'A' | 'B' | 'C' | 'D', number>; temperatures: Record<'hot' | 'warm', number> };
}

function falling(errors: FieldError[], path: string, bounds: [string, number][]): void {
  bounds.slice(1).forEach(([band, bound], i) => {
    const [above, higher] = bounds[i];
    if (bound >= higher) report(errors, `${path}.${band}`, 'overlapping_bands', `must be below ${above}`);
  });
}
