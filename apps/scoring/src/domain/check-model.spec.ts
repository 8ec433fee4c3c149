import Ajv2020 from 'ajv/dist/2020';
import { checkModel, MODEL_SCHEMA } from './check-model';
import { defaultModel } from './default-model';

/** The default model with one value, at a dotted path, replaced; undefined removes it. */
function changed(path: string, value: unknown): unknown {
  const copy = structuredClone(defaultModel) as unknown as Record<string, never>;
  const steps = path.split('.');
  const last = steps.pop()!;
  const holder = steps.reduce<Record<string, unknown>>((inner, step) => inner[step] as Record<string, unknown>, copy);
  if (value === undefined) delete holder[last];
  else holder[last] = value;
  return copy;
}

it('takes the default model', () => expect(checkModel(defaultModel)).toEqual([]));

it.each([[undefined], [null], [7], ['model'], [[]]])('refuses %j', (document) => {
  expect(checkModel(document)).toEqual([expect.objectContaining({ field: 'document', code: 'wrong_type' })]);
});

it('names everything that is missing', () => {
  expect(checkModel({}).map(({ field, code }) => [field, code]))
    .toEqual([['name', 'required'], ['demographic', 'required'], ['behavioral', 'required'], ['bands', 'required']]);
});

const level = (name: string, ...words: string[]) => ({ level: name, words, points: 1 });
const rule = (when: unknown) => [{ name: 'one', when, points: 1 }];

it.each([
  ['name', '', 'name', 'required'],
  ['name', 'x\u0000', 'name', 'wrong_format'],
  ['colour', 'red', 'colour', 'unknown_field'],
  ['demographic.email.business', 101, 'demographic.email.business', 'too_large'],
  ['demographic.email.business', '8', 'demographic.email.business', 'wrong_type'],
  ['demographic.email.business', NaN, 'demographic.email.business', 'wrong_type'],
  ['demographic.email.business', 1.005, 'demographic.email.business', 'too_precise'],
  ['demographic.email.junk', 1, 'demographic.email.junk', 'unknown_field'],
  ['demographic.company_size.employees.2.at_least', 11, 'demographic.company_size.employees.2.at_least', 'overlapping_bands'],
  ['demographic.company_size.employees', {}, 'demographic.company_size.employees', 'wrong_type'],
  ['demographic.seniority.levels.0.words.1', '', 'demographic.seniority.levels.0.words.1', 'required'],
  ['demographic.geography.tiers', [{ name: 'a', countries: ['Germany'], points: 1 }], 'demographic.geography.tiers.0.countries.0', 'too_long'],
  ['demographic.geography.tiers', [{ name: 'a', countries: ['de'], points: 1 }], 'demographic.geography.tiers.0.countries.0', 'wrong_format'],
  ['demographic.rules', rule({ field: 'shoe_size', op: 'gt', value: 1 }), 'demographic.rules.0.when.field', 'unknown_field'],
  ['demographic.rules', rule({ all: [{ field: 'employees', op: 'contains', value: 'x' }] }), 'demographic.rules.0.when.all.0.op', 'operator_not_for_type'],
  ['demographic.rules', rule({ field: 'city', op: 'eq', value: '\ud800' }), 'demographic.rules.0.when', 'wrong_format'],
  ['demographic.rules', [...rule({ always: true }), ...rule({ always: true })], 'demographic.rules.1.name', 'duplicate'],
  ['demographic.seniority.levels.0.words.1', '++', 'demographic.seniority.levels.0.words.1', 'wrong_format'],
  ['demographic.seniority.levels.0.words.1', '*er', 'demographic.seniority.levels.0.words.1', 'wrong_format'],
  ['demographic.seniority.levels.0.words.1', '*leiter it', 'demographic.seniority.levels.0.words.1', 'wrong_format'],
  ['demographic.seniority.levels', [level('a', 'Assistant'), level('b', 'Executive Assistant')], 'demographic.seniority.levels.1', 'unreachable'],
  ['demographic.seniority.levels', [level('a', '*leiter'), level('b', 'Teamleiter', '*bauleiter', 'Leiter')], 'demographic.seniority.levels.1', 'unreachable'],
  ['demographic.industry.tiers.1', { name: 'again', industries: ['finance'], points: 1 }, 'demographic.industry.tiers.1', 'unreachable'],
  ['demographic.department', { departments: [{ department: 'it', words: ['IT'], points: 3 }] }, 'demographic.department.other', 'required'],
  ['demographic.company_size.combine', 'product', 'demographic.company_size.combine', 'not_one_of'],
  ['demographic.geography.regions', [{ name: 'west', country: 'US', states: [7], points: 1 }], 'demographic.geography.regions.0.states.0', 'wrong_type'],
  ['demographic.rules', [{ name: 'one', tiers: [] }], 'demographic.rules.0.tiers', 'too_few'],
  ['demographic.rules', [{ name: 'one', tiers: [{ when: { field: 'size', op: 'exists' }, points: 1 }] }], 'demographic.rules.0.tiers.0.when.field', 'unknown_field'],
  ['demographic.rules', [{ name: 'one', tiers: [{ when: { always: true }, points: 1 }, { when: { field: 'city', op: 'exists' }, points: 2 }] }], 'demographic.rules.0.tiers.1', 'unreachable'],
  ['demographic.rules', [{ name: 'one', points: 1 }], 'demographic.rules.0.when', 'required'],
  ['demographic.rules', rule({ condition: 'nowhere' }), 'demographic.rules.0.when', 'unknown_condition'],
  ['conditions', [{ name: 'a', when: { not: { condition: 'a' } } }], 'conditions.0.when.not', 'cycle'],
  ['segment', { name: 'a', when: { always: true }, priority: -1 }, 'segment.priority', 'too_small'],
  ['behavioral.signals.0.group', 'nowhere', 'behavioral.signals.0.group', 'unknown_group'],
  ['behavioral.signals.0.half_life_days', 0, 'behavioral.signals.0.half_life_days', 'too_small'],
  ['behavioral.signals.1.signal', 'web_visit', 'behavioral.signals.1.signal', 'duplicate'],
  ['behavioral.signals.0.repeat', 'daily', 'behavioral.signals.0.repeat', 'not_one_of'],
  ['behavioral.signals.0.cap', { points: 3 }, 'behavioral.signals.0.cap.per', 'required'],
  ['behavioral.signals.0.cap', { points: -1, per: 'day' }, 'behavioral.signals.0.cap.points', 'too_small'],
  ['behavioral.time_zone', 'Europe/Nowhere', 'behavioral.time_zone', 'wrong_format'],
  ['behavioral.groups.0.cap', 51, 'behavioral.groups.0.cap', 'too_large'],
  ['bands.grades.C', 60, 'bands.grades.C', 'overlapping_bands'],
  ['bands.temperatures.warm', 75, 'bands.temperatures.warm', 'overlapping_bands'],
  ['bands.mql', undefined, 'bands.mql', 'required'],
  ['bands.hot_rating', 4.5, 'bands.hot_rating', 'too_precise'],
])('with %s = %j it tells of %s: %s', (path, value, field, code) => {
  expect(checkModel(changed(path, value))).toEqual([expect.objectContaining({ field, code })]);
});

it('takes an ending behind its word, which reaches more', () => {
  expect(checkModel(changed('demographic.seniority.levels', [level('a', 'leiter'), level('b', '*leiter')]))).toEqual([]);
});

it('publishes a schema that takes what it takes, and refuses most of what it refuses', () => {
  const validate = new Ajv2020({ strict: false }).compile(MODEL_SCHEMA);
  const rich = {
    ...defaultModel, segment: { name: 'dach', when: { condition: 'near' }, priority: 1 }, conditions: [{ name: 'near', when: { field: 'country', op: 'eq', value: 'DE' } }],
    demographic: { ...defaultModel.demographic, rules: [{ name: 'tiers', tiers: [{ when: { all: [{ field: 'custom_fields.fit', op: 'exists' }] }, points: -5 }] }], department: null },
  };
  for (const document of [defaultModel, rich]) expect([checkModel(document), validate(document), validate.errors]).toEqual([[], true, null]);
  for (const [path, value] of [['colour', 1], ['bands.mql', 'x'], ['demographic.rules', rule({ field: 'shoe_size', op: 'gt', value: 1 })], ['bands', undefined]] as const) {
    expect(validate(changed(path, value))).toBe(false);
  }
});

it('reads on through members that are no objects', () => {
  expect(checkModel(changed('behavioral.groups', [null, 3])).map(({ field }) => field)).toEqual(['behavioral.groups.0', 'behavioral.groups.1']);
});
