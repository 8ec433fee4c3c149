import { KINDS } from './kinds';
import type { ComparedField } from './model';

/** What of a record is compared: normalised values, by field. */
export type Comparable = Readonly<Record<string, string | undefined>>;

/** How the values of one field agree, whatever that is worth. */
export interface FieldAgreement {
  field: ComparedField;
  /** index into the field's levels */
  level: number;
  /** what both have in common, where its rarity matters: the value, or the words */
  common: readonly string[];
}

/** How two records agree, field by field. */
export interface RecordAgreement {
  straight: readonly FieldAgreement[];
  /** with one record's given and family name in each other's place; for records that have both */
  swapped: readonly FieldAgreement[] | null;
  /** both name a person, and not an organisation alone */
  ofPersons: boolean;
}

export function agree(a: Comparable, b: Comparable, fields: readonly ComparedField[]): RecordAgreement {
  const ofPersons = namesPerson(a) && namesPerson(b);
  const straight = agreeByField(a, b, fields, ofPersons);
  if (!(a.first_name && a.last_name && b.first_name && b.last_name)) {
    return { straight, swapped: null, ofPersons };
  }
  const [written, turned] = isBefore(a, b) ? [a, b] : [b, a];
  const names = agreeByField(written, { first_name: turned.last_name, last_name: turned.first_name }, fields, true);
  // Names that have nothing in common the other way round either need no second look.
  const isSwapped = names.some(({ level, field: { levels } }) => level < levels.length - 1);
  const swapped = isSwapped ? [...names, ...straight.filter(({ field }) => !NAMES.has(field.name))] : null;
  return { straight, swapped, ofPersons: true };
}

const NAMES: ReadonlySet<string> = new Set(['first_name', 'last_name']);

/**
 * Free text beside what says who it is, as a cuisine or a branch: competitors have the same, and two lists seldom say it of one organisation
 * in the same words.
 */
const isDescription = ({ about, kind }: ComparedField): boolean => about === 'surroundings' && kind === KINDS.text;

/** Which of two is turned round doesn't depend on which comes first. */
const isBefore = (a: Comparable, b: Comparable): boolean =>
  a.first_name === b.first_name ? a.last_name! < b.last_name! : a.first_name! < b.first_name!;

/** Or else stands for an organisation. */
export const namesPerson = ({ first_name, last_name }: Comparable): boolean => first_name !== undefined || last_name !== undefined;

function agreeByField(a: Comparable, b: Comparable, fields: readonly ComparedField[], ofPersons: boolean): FieldAgreement[] {
  const agreements: FieldAgreement[] = [];
  for (const field of fields) {
    const [x, y] = [a[field.name], b[field.name]];
    if (x === undefined || y === undefined || (!ofPersons && isDescription(field))) continue;
    const level = field.kind.compare(x, y);
    agreements.push({ field, level, common: inCommon(field, level, x, y) });
  }
  return agreements;
}

const NOTHING: readonly string[] = [];

function inCommon({ kind, levels }: ComparedField, level: number, x: string, y: string): readonly string[] {
  const { by } = levels[level]!;
  if (by === 'rarest word') return kind.shared!(x, y);
  // Where both are written differently at one level, what is taken for common doesn't depend on which comes first.
  return by === 'value' ? [x < y ? x : y] : NOTHING;
}
