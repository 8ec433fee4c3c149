import { DEFAULT_MODEL, type MatchingModel } from '@headwater/matching';
import { checkModel, comparesOtherwise } from './check-model';

const BORN = { name: 'custom_fields.date_of_birth', kind: 'date', about: 'person' } as const;
const withAliases = (...company_aliases: unknown[]): unknown => ({ ...DEFAULT_MODEL, company_aliases });
const withField = (field: object): unknown => ({ ...DEFAULT_MODEL, fields: [...DEFAULT_MODEL.fields, field] });

test('the default model is one, and one with a declared field and weights of its own', () => {
  expect(checkModel(DEFAULT_MODEL)).toEqual([]);
  expect(checkModel(withField({ ...BORN, weights: { equal: { m: 0.9 }, close: { m: 0.05 } } }))).toEqual([]);
  expect(checkModel(withField({ ...BORN, weights: { equal: { m: 0.9 }, close: { m: 0.06 }, partly: { m: 0.02 }, different: { m: 0.02 } } }))).toEqual([]);
  expect(checkModel(withAliases({ name: 'IBM', aliases: ['Big Blue', 'big blue inc.', 'ibm'] }))).toEqual([]);
});

const AT = DEFAULT_MODEL.fields.length;
test.each<[string, unknown, string, string]>([
  ['a list', [], '(body)', 'wrong_type'],
  ['another member', { ...DEFAULT_MODEL, name: 'ours' }, 'name', 'unknown_field'],
  ['no fields', { ...DEFAULT_MODEL, fields: [] }, 'fields', 'required'],
  ['too many fields', { ...DEFAULT_MODEL, fields: Array.from({ length: 61 }, (_, i) => ({ ...BORN, name: `custom_fields.f${i}` })) }, 'fields', 'too_many'],
  ['a field twice', withField({ name: 'email', kind: 'email', about: 'person' }), `fields.${AT}.name`, 'not_unique'],
  ['an unknown field', withField({ ...BORN, name: 'shoe_size' }), `fields.${AT}.name`, 'unknown_field'],
  ['an unknown kind', withField({ ...BORN, kind: 'toString' }), `fields.${AT}.kind`, 'not_one_of'],
  ['another kind of a built-in field', { ...DEFAULT_MODEL, fields: [{ name: 'email', kind: 'text', about: 'person' }] }, 'fields.0.kind', 'wrong_kind'],
  ['about nobody', withField({ ...BORN, about: 'me' }), `fields.${AT}.about`, 'not_one_of'],
  ['an unknown level', withField({ ...BORN, weights: { nearly: { m: 0.1 } } }), `fields.${AT}.weights.nearly`, 'unknown_field'],
  ['a weight that is no probability', withField({ ...BORN, weights: { equal: { m: 2 } } }), `fields.${AT}.weights.equal.m`, 'too_large'],
  ['weights that are more than all', withField({ ...BORN, weights: { equal: { m: 0.99 } } }), `fields.${AT}.weights`, 'wrong_sum'],
  ['duplicates below nothing', { ...DEFAULT_MODEL, duplicates: -1 }, 'duplicates', 'too_small'],
  ['neighbours as text', { ...DEFAULT_MODEL, neighbours: '1' }, 'neighbours', 'wrong_type'],
  ['no bands', { ...DEFAULT_MODEL, bands: undefined }, 'bands', 'required'],
  ['aliases that are no list', { ...DEFAULT_MODEL, company_aliases: {} }, 'company_aliases', 'wrong_type'],
  ['too many companies', withAliases(...Array.from({ length: 1_001 }, (_, i) => ({ name: `C${i}`, aliases: [`A${i}`] }))), 'company_aliases', 'too_many'],
  ['a company that is none', withAliases('IBM'), 'company_aliases.0', 'wrong_type'],
  ['a company without another name', withAliases({ name: 'IBM', aliases: [] }), 'company_aliases.0.aliases', 'required'],
  ['too many names', withAliases({ name: 'IBM', aliases: Array.from({ length: 51 }, (_, i) => `IBM ${i}`) }), 'company_aliases.0.aliases', 'too_many'],
  ['a company with more members', withAliases({ name: 'IBM', aliases: ['Big Blue'], domain: 'ibm.com' }), 'company_aliases.0.domain', 'unknown_field'],
  ['a name that is a number', withAliases({ name: 7, aliases: ['Big Blue'] }), 'company_aliases.0.name', 'wrong_type'],
  ['a name that is too long', withAliases({ name: 'IBM', aliases: ['x'.repeat(201)] }), 'company_aliases.0.aliases.0', 'wrong_type'],
  ['a name of nothing', withAliases({ name: 'IBM', aliases: ['—'] }), 'company_aliases.0.aliases.0', 'required'],
  ['a name of two', withAliases({ name: 'IBM', aliases: ['Big Blue'] }, { name: 'Blue', aliases: ['Big Blue Ltd'] }), 'company_aliases.1.aliases.0', 'not_unique'],
  ['bands the wrong way round', { ...DEFAULT_MODEL, bands: { same: 0.5, review: 0.9 } }, 'bands.review', 'too_large'],
])('%s is named', (_, document, field, code) => {
  expect(checkModel(document)).toEqual([expect.objectContaining({ field, code, detail: expect.stringContaining(field) })]);
});

test('leads are read anew when other fields are compared, not when they weigh otherwise', () => {
  const [first, ...rest] = DEFAULT_MODEL.fields;
  expect(comparesOtherwise(DEFAULT_MODEL, { ...DEFAULT_MODEL, duplicates: 1, fields: [...rest, { ...first, weights: { equal: { m: 0.5 } } }] })).toBe(false);
  expect(comparesOtherwise(DEFAULT_MODEL, { ...DEFAULT_MODEL, fields: rest })).toBe(true);
  expect(comparesOtherwise(DEFAULT_MODEL, withField(BORN) as MatchingModel)).toBe(true);
});
