import { fieldError, type FieldError } from '@headwater/contracts';
import { DEFAULT_MODEL, KINDS, type MatchingModel } from '@headwater/matching';

const MOST_FIELDS = 60;
const MOST_COMPANIES = 1_000;
const MOST_ALIASES = 50;
const LONGEST_NAME = 200;
const CUSTOM_NAME = /^custom_fields\.[^\p{Cc}\p{Cs}]{1,100}$/u;
const ABOUT = ['person', 'organisation', 'surroundings'];
const LARGEST = { duplicates: 100, neighbours: 10_000 };
/** The weights of a field are probabilities of all that can be: together one, but for rounding and a level that is newer than the document. */
const ROUNDING = 0.03;

const BUILT_IN: ReadonlyMap<string, string> = new Map(DEFAULT_MODEL.fields.map(({ name, kind }) => [name, kind]));

type Members = Readonly<Record<string, unknown>>;

/** What is wrong with a document that shall be a matching model; nothing when it is one. */
export function checkModel(document: unknown): FieldError[] {
  if (!isObject(document)) return [fieldError('(body)', 'wrong_type', '(body) must be an object')];
  const { fields, duplicates, neighbours, bands, company_aliases } = document;
  return [
    ...strangers(document, ['fields', 'duplicates', 'neighbours', 'bands', 'company_aliases'], ''),
    ...checkFields(fields),
    ...checkNumber('duplicates', duplicates, LARGEST.duplicates),
    ...checkNumber('neighbours', neighbours, LARGEST.neighbours),
    ...checkBands(bands),
    ...(company_aliases === undefined ? [] : checkAliases(company_aliases)),
  ];
}

/** Whether leads have to be read anew, because other fields are compared, or compared otherwise. */
export function comparesOtherwise(before: MatchingModel, after: MatchingModel): boolean {
  const nameOf = ({ fields }: MatchingModel): string => JSON.stringify(fields.map(({ name, kind, about }) => [name, kind, about]).sort());
  return nameOf(before) !== nameOf(after);
}

function checkFields(fields: unknown): FieldError[] {
  if (!Array.isArray(fields) || fields.length === 0) return [fieldError('fields', 'required', 'fields must be a list of the fields that are compared')];
  if (fields.length > MOST_FIELDS) return [fieldError('fields', 'too_many', `fields must be at most ${MOST_FIELDS}`)];
  const names = fields.map((field) => (isObject(field) ? field.name : undefined));
  return fields.flatMap((field, i) => {
    const at = `fields.${i}`;
    if (!isObject(field)) return [fieldError(at, 'wrong_type', `${at} must be an object`)];
    const twice = names.indexOf(field.name) < i ? [fieldError(`${at}.name`, 'not_unique', `${at}.name is there before: ${String(field.name)}`)] : [];
    return [...strangers(field, ['name', 'kind', 'about', 'weights'], `${at}.`), ...twice, ...checkField(at, field)];
  });
}

function checkField(at: string, { name, kind, about, weights }: Members): FieldError[] {
  const errors: FieldError[] = [];
  if (typeof name !== 'string' || !(BUILT_IN.has(name) || CUSTOM_NAME.test(name))) {
    errors.push(fieldError(`${at}.name`, 'unknown_field', `${at}.name must be one of ${[...BUILT_IN.keys()].join(', ')}, or custom_fields.NAME`));
  }
  if (typeof kind !== 'string' || !Object.hasOwn(KINDS, kind)) {
    return [...errors, fieldError(`${at}.kind`, 'not_one_of', `${at}.kind must be one of ${Object.keys(KINDS).join(', ')}`)];
  }
  const usual = typeof name === 'string' ? BUILT_IN.get(name) : undefined;
  if (usual !== undefined && usual !== kind) errors.push(fieldError(`${at}.kind`, 'wrong_kind', `${at}.kind of ${String(name)} is ${usual}`));
  if (!ABOUT.includes(about as string)) errors.push(fieldError(`${at}.about`, 'not_one_of', `${at}.about must be one of ${ABOUT.join(', ')}`));
  return weights === undefined ? errors : [...errors, ...checkWeights(`${at}.weights`, kind, weights)];
}

function checkWeights(at: string, kindName: string, weights: unknown): FieldError[] {
  if (!isObject(weights)) return [fieldError(at, 'wrong_type', `${at} must be an object, by level`)];
  const { levels } = KINDS[kindName];
  const errors = [...strangers(weights, levels.map(({ name }) => name), `${at}.`)];
  for (const [level, of] of Object.entries(weights)) {
    if (!isObject(of)) errors.push(fieldError(`${at}.${level}`, 'wrong_type', `${at}.${level} must be an object with m or u`));
    else {
      errors.push(...strangers(of, ['m', 'u'], `${at}.${level}.`));
      for (const weight of ['m', 'u']) if (of[weight] !== undefined) errors.push(...checkNumber(`${at}.${level}.${weight}`, of[weight], 1));
    }
  }
  if (errors.length > 0) return errors;
  return (['m', 'u'] as const).flatMap((weight) => {
    const given = weights as Readonly<Record<string, { m?: number; u?: number }>>;
    const sum = levels.reduce((all, level) => all + (given[level.name]?.[weight] ?? level[weight]), 0);
    return Math.abs(sum - 1) <= ROUNDING ? [] : [fieldError(at, 'wrong_sum', `${at}: the ${weight} of all levels (${levels.map(({ name }) => name).join(', ')}) `
      + `are together ${sum.toFixed(3)}, and must be 1`)];
  });
}

function checkBands(bands: unknown): FieldError[] {
  if (!isObject(bands)) return [fieldError('bands', 'required', 'bands must have same and review')];
  const errors = [
    ...strangers(bands, ['same', 'review'], 'bands.'), ...checkNumber('bands.same', bands.same, 1), ...checkNumber('bands.review', bands.review, 1),
  ];
  if (errors.length > 0 || (bands.review as number) <= (bands.same as number)) return errors;
  return [fieldError('bands.review', 'too_large', 'bands.review must be at most bands.same')];
}

function checkAliases(companies: unknown): FieldError[] {
  const at = 'company_aliases';
  if (!Array.isArray(companies)) return [fieldError(at, 'wrong_type', `${at} must be a list of companies, each with name and aliases`)];
  if (companies.length > MOST_COMPANIES) return [fieldError(at, 'too_many', `${at} must be at most ${MOST_COMPANIES}`)];
  const owners = new Map<string, string>();
  return companies.flatMap((one: unknown, i) => {
    const here = `${at}.${i}`;
    if (!isObject(one)) return [fieldError(here, 'wrong_type', `${here} must be an object`)];
    const { name, aliases } = one;
    if (!Array.isArray(aliases) || aliases.length === 0) return [fieldError(`${here}.aliases`, 'required', `${here}.aliases must be a list of names`)];
    if (aliases.length > MOST_ALIASES) return [fieldError(`${here}.aliases`, 'too_many', `${here}.aliases must be at most ${MOST_ALIASES}`)];
    return [
      ...strangers(one, ['name', 'aliases'], `${here}.`), ...checkCompanyName(`${here}.name`, name, owners, here),
      ...aliases.flatMap((alias: unknown, n) => checkCompanyName(`${here}.aliases.${n}`, alias, owners, here)),
    ];
  });
}

/** @param owners who has each name, as it is compared; this one from now on */
function checkCompanyName(at: string, name: unknown, owners: Map<string, string>, company: string): FieldError[] {
  if (typeof name !== 'string' || name.length > LONGEST_NAME) return [fieldError(at, 'wrong_type', `${at} must be a text of at most ${LONGEST_NAME}`)];
  const normal = KINDS.company.normalise(name);
  if (normal === null) return [fieldError(at, 'required', `${at} must have a letter or a digit`)];
  const owner = owners.get(normal) ?? company;
  owners.set(normal, owner);
  return owner === company ? [] : [fieldError(at, 'not_unique', `${at} is compared as "${normal}", which ${owner} has before`)];
}

function checkNumber(field: string, value: unknown, most: number): FieldError[] {
  if (typeof value !== 'number' || !Number.isFinite(value)) return [fieldError(field, 'wrong_type', `${field} must be a number`)];
  if (value <= 0) return [fieldError(field, 'too_small', `${field} must be more than 0`)];
  return value > most ? [fieldError(field, 'too_large', `${field} must be at most ${most}`)] : [];
}

const strangers = (object: Members, known: readonly string[], prefix: string): FieldError[] =>
  Object.keys(object).filter((name) => !known.includes(name)).map((name) => {
    const field = `${prefix}${name}`.slice(0, 200);
    return fieldError(field, 'unknown_field', `${field} is not a field of a matching model; there are ${known.join(', ')}`.slice(0, 500));
  });

const isObject = (value: unknown): value is Members => typeof value === 'object' && value !== null && !Array.isArray(value);
