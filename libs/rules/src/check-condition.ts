import { checkValue } from './check-value';
import { CUSTOM_FIELDS, type FieldCatalogue, type FieldType, type Operator } from './condition';
import { operators } from './operators';
import { at, problem, type Problem } from './problem';
import { shorten } from './text';

export const MAX_DEPTH = 10;
export const MAX_NODES = 200;

type JsonObject = Readonly<Record<string, unknown>>;

const KINDS = ['all', 'any', 'not', 'always', 'field'] as const;

/**
 * Everything that keeps a document from being a condition over these fields; empty when it is a `Condition` that
 * `evaluate` takes. A document that is too deep or has too many nodes gets that one problem, since the rest of it isn't
 * read. It never throws, whatever the document is.
 */
export function checkCondition(condition: unknown, fields: FieldCatalogue): Problem[] {
  const tooLarge = checkSize(condition);
  return tooLarge ? [tooLarge] : checkNode(condition, '', fields);
}

function checkSize(condition: unknown): Problem | undefined {
  const nodes = [{ node: condition, path: '', depth: 1 }];
  for (const { node, path, depth } of nodes) {
    if (depth > MAX_DEPTH) return problem(path, 'too_deep', `A condition is at most ${MAX_DEPTH} levels deep.`);
    for (const [innerPath, inner] of innerNodes(node, path)) {
      if (nodes.length === MAX_NODES) {
        return problem(innerPath, 'too_many_nodes', `A condition has at most ${MAX_NODES} parts.`);
      }
      nodes.push({ node: inner, path: innerPath, depth: depth + 1 });
    }
  }
  return undefined;
}

function* innerNodes(node: unknown, path: string): Generator<[path: string, node: unknown]> {
  if (!isObject(node)) return;
  for (const group of ['all', 'any']) {
    const parts = node[group];
    if (!Array.isArray(parts)) continue;
    for (const [index, part] of parts.entries()) yield [at(at(path, group), index), part];
  }
  if (isObject(node.not)) yield [at(path, 'not'), node.not];
}

function checkNode(node: unknown, path: string, fields: FieldCatalogue): Problem[] {
  const kinds = isObject(node) ? KINDS.filter((kind) => Object.hasOwn(node, kind)) : [];
  const [kind] = kinds;
  if (!isObject(node) || kind === undefined || kinds.length > 1) {
    return [problem(path, 'not_a_condition', 'A condition has exactly one of all, any, not, always and field.')];
  }
  if (kind === 'field') return checkComparison(node, path, fields);
  return [...checkProperties(node, [kind], path), ...checkInner(node[kind], kind, at(path, kind), fields)];
}

function checkInner(inner: unknown, kind: string, path: string, fields: FieldCatalogue): Problem[] {
  if (kind === 'not') return checkNode(inner, path, fields);
  if (kind === 'always') {
    return inner === true ? [] : [problem(path, 'wrong_value_type', "The only value of 'always' is true.")];
  }
  if (!Array.isArray(inner)) return [problem(path, 'not_a_list', `'${kind}' needs a list of conditions.`)];
  if (inner.length === 0) {
    return [problem(path, 'empty_list', `'${kind}' needs a condition; {"always": true} is the one that always holds.`)];
  }
  return inner.flatMap((part, index) => checkNode(part, at(path, index), fields));
}

function checkComparison(node: JsonObject, path: string, fields: FieldCatalogue): Problem[] {
  const { field, op, value } = node;
  const problems = checkProperties(node, ['field', 'op', 'value'], path);
  const type = typeOf(field, fields);
  if (type === undefined) {
    problems.push(problem(at(path, 'field'), 'unknown_field', `There is no field ${quote(field)}.`));
  }
  if (!isOperator(op)) {
    const known = Object.keys(operators).join(', ');
    problems.push(problem(at(path, 'op'), 'unknown_operator', `There is no operator ${quote(op)}; there are ${known}.`));
  }
  if (type === undefined || !isOperator(op)) return problems;
  return [...problems, ...checkUse(op, type, value, path)];
}

const checkProperties = (node: JsonObject, known: readonly string[], path: string): Problem[] =>
  Object.keys(node).filter((name) => !known.includes(name))
    .map((name) => problem(at(path, name), 'unknown_property', `A condition has no ${quote(name)} beside '${known[0]}'.`));

function checkUse(op: Operator, type: FieldType, value: unknown, path: string): Problem[] {
  if (isAskedOf(type, op)) return checkValue(value, op, type, at(path, 'value'));
  const possible = Object.keys(operators).filter((name) => isAskedOf(type, name as Operator)).join(', ');
  return [problem(at(path, 'op'), 'operator_not_for_type', `A ${type} field doesn't take '${op}'; it takes ${possible}.`)];
}

const isAskedOf = (type: FieldType, op: Operator): boolean => type === 'any' || operators[op].asksOf.includes(type);

const isOperator = (op: unknown): op is Operator => typeof op === 'string' && Object.hasOwn(operators, op);

function typeOf(field: unknown, fields: FieldCatalogue): FieldType | undefined {
  if (typeof field !== 'string') return undefined;
  if (Object.hasOwn(fields, field)) return fields[field];
  return field.startsWith(CUSTOM_FIELDS) && field.length > CUSTOM_FIELDS.length ? 'any' : undefined;
}

const isObject = (node: unknown): node is JsonObject => typeof node === 'object' && node !== null && !Array.isArray(node);

/** A name from outside, as it may stand in a message. */
const quote = (name: unknown): string => (typeof name === 'string' ? `'${shorten(name, 60)}'` : 'of that kind');
