import { difference, instantOf } from './compare';
import type { FieldType, Operator } from './condition';
import { operators, type DeclaredType } from './operators';
import { at, problem, type Problem } from './problem';
import { wordsOf } from './text';

export const MAX_LIST_LENGTH = 1000;
export const MAX_TEXT_LENGTH = 500;

/**
 * What is wrong with the value that an operator is given, for a field of this type. In a list only the first wrong item is
 * told: the others are mostly wrong in the same way.
 */
export function checkValue(value: unknown, op: Operator, type: FieldType, path: string): Problem[] {
  const types = type === 'any' ? operators[op].asksOf : [type];
  switch (operators[op].takes) {
    case 'nothing': return value === undefined ? [] : [problem(path, 'unknown_property', `'${op}' takes no value.`)];
    case 'one': return checkOne(value, op, types, path);
    case 'list': return checkList(value, op, types, path);
    case 'range': return checkRange(value, op, types, path);
  }
}

function checkOne(value: unknown, op: Operator, types: readonly DeclaredType[], path: string): Problem[] {
  if (value === undefined) return [problem(path, 'missing_value', `'${op}' needs a value: ${names(types)}.`)];
  if (!types.some((type) => isOf(type, value))) {
    return [problem(path, 'wrong_value_type', `The value for '${op}' must be ${names(types)} here.`)];
  }
  return typeof value === 'string' ? checkText(value, op, path) : [];
}

function checkText(value: string, op: Operator, path: string): Problem[] {
  if (value.length > MAX_TEXT_LENGTH) {
    return [problem(path, 'text_too_long', `A text to compare with has at most ${MAX_TEXT_LENGTH} characters.`)];
  }
  if (value.trim() === '') return [problem(path, 'empty_text', "Nothing equals a blank text; 'missing' asks for that.")];
  if (op === 'matches_word' && wordsOf(value).trim() === '') {
    return [problem(path, 'empty_text', 'A word to match needs a letter or a digit.')];
  }
  return [];
}

function checkList(value: unknown, op: Operator, types: readonly DeclaredType[], path: string): Problem[] {
  if (!Array.isArray(value)) return [problem(path, 'not_a_list', `'${op}' needs a list of values.`)];
  if (value.length === 0) return [problem(path, 'empty_list', `The list for '${op}' can't be empty.`)];
  if (value.length > MAX_LIST_LENGTH) {
    return [problem(path, 'list_too_long', `The list for '${op}' has at most ${MAX_LIST_LENGTH} values.`)];
  }
  for (const [index, item] of value.entries()) {
    const problems = checkOne(item, op, types, at(path, index));
    if (problems.length > 0) return problems;
  }
  return [];
}

function checkRange(value: unknown, op: Operator, types: readonly DeclaredType[], path: string): Problem[] {
  if (!Array.isArray(value) || value.length !== 2) {
    return [problem(path, 'not_a_range', `'${op}' needs two values: [lowest, highest].`)];
  }
  const problems = value.flatMap((bound, index) => checkOne(bound, op, types, at(path, index)));
  if (problems.length > 0) return problems;
  const [lowest, highest] = value as [unknown, unknown];
  if (typeof lowest !== typeof highest) {
    return [problem(path, 'wrong_value_type', 'Both bounds must be numbers, or both dates.')];
  }
  return difference(lowest, highest) > 0 ? [problem(path, 'reversed_range', 'The lowest value stands first.')] : [];
}

function isOf(type: DeclaredType, value: unknown): boolean {
  switch (type) {
    case 'number': return typeof value === 'number' && Number.isFinite(value);
    case 'boolean': return typeof value === 'boolean';
    case 'date': return typeof value === 'string' && !Number.isNaN(instantOf(value));
    case 'text':
    case 'text_list': return typeof value === 'string';
  }
}

const NAMES: Readonly<Record<DeclaredType, string>> = {
  text: 'a text',
  number: 'a number',
  boolean: 'true or false',
  date: 'an ISO date (2026-01-31 or 2026-01-31T09:30:00Z)',
  text_list: 'a text',
};

const names = (types: readonly DeclaredType[]): string => types.map((type) => NAMES[type]).join(' or ');
