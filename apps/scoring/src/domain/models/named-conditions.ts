import type { FieldError } from '@headwater/contracts';
import { checkCondition, MAX_DEPTH, MAX_NODES, type Condition } from '@headwater/rules';
import { check, isStorable, report, type Check, type JsonSchema } from '../check-document';
import { leadFields } from '../lead-facts';
import type { ModelCondition, NamedCondition, ScoringModel } from '../scoring-model';

const CONDITION_OPERATORS = [
  'eq', 'ne', 'in', 'not_in', 'gt', 'gte', 'lt', 'lte', 'between', 'contains', 'starts_with', 'ends_with', 'matches_word', 'has_any', 'has_all', 'exists', 'missing',
];
const of = (name: string, schema: JsonSchema): JsonSchema =>
  ({ type: 'object', required: [name], additionalProperties: false, properties: { [name]: schema } });
const INNER = { $ref: '#/$defs/condition' };

/** What `#/$defs/condition` of the model's schema is. */
export const CONDITION_SCHEMA: JsonSchema = {
  anyOf: [
    of('all', { type: 'array', items: INNER, minItems: 1 }), of('any', { type: 'array', items: INNER, minItems: 1 }), of('not', INNER),
    of('always', { const: true }), of('condition', { type: 'string', description: 'name of one of the model\'s conditions' }),
    {
      type: 'object', required: ['field', 'op'], additionalProperties: false,
      properties: {
        field: { anyOf: [{ enum: Object.keys(leadFields) }, { type: 'string', pattern: '^custom_fields\\..' }] }, op: { enum: CONDITION_OPERATORS }, value: {},
      },
    },
  ],
};

/** A condition by itself; what it names is looked at when all of the document is there. */
export const condition: Check = check(INNER, (value, path, errors) => {
  const problems = checkCondition(withoutNames(value, 0), leadFields);
  for (const { path: pointer, code, message } of problems) {
    errors.push({ field: `${path}${pointer.replaceAll('/', '.')}`, code, detail: message });
  }
  if (problems.length === 0 && !textsOf(value).every(isStorable)) report(errors, path, 'wrong_format', 'has characters that are no text');
});

const textsOf = (value: unknown): string[] => {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsOf) : [];
};

const isObject = (node: unknown): node is Record<string, unknown> => typeof node === 'object' && node !== null && !Array.isArray(node);
const isName = (node: unknown): node is { condition: string } => isObject(node) && typeof node.condition === 'string' && Object.keys(node).length === 1;

/** With what names others replaced by what always holds, as deep as a condition may be. */
function withoutNames(node: unknown, depth: number): unknown {
  if (isName(node)) return { always: true };
  if (!isObject(node) || depth > MAX_DEPTH) return node;
  return Object.fromEntries(Object.entries(node).map(([key, inner]) => {
    if (key === 'not') return [key, withoutNames(inner, depth + 1)];
    return [key, (key === 'all' || key === 'any') && Array.isArray(inner) ? inner.map((part) => withoutNames(part, depth + 1)) : inner];
  }));
}

/** The parts of a condition, each with its place in it. */
const partsOf = (node: ModelCondition): [string, ModelCondition][] => {
  if ('all' in node) return node.all.map((part, i) => [`.all.${i}`, part]);
  if ('any' in node) return node.any.map((part, i) => [`.any.${i}`, part]);
  return 'not' in node ? [['.not', node.not]] : [];
};

interface Size { nodes: number; depth: number }

/** What is wrong with how conditions name each other: none of that name, a circle, or too much when all is put in. */
export function checkNames(model: Pick<ScoringModel, 'conditions'>, uses: readonly [path: string, when: ModelCondition][]): FieldError[] {
  const errors: FieldError[] = [];
  const named = new Map((model.conditions ?? []).map(({ name, when }, i) => [name, { when, path: `conditions.${i}.when` }]));
  const sizes = new Map<string, Size | 'open'>();

  const sizeOf = (node: ModelCondition, path: string): Size => {
    if ('condition' in node) return sizeOfNamed(node.condition, path);
    const parts = partsOf(node).map(([step, part]) => sizeOf(part, path + step));
    return { nodes: parts.reduce((sum, { nodes }) => sum + nodes, 1), depth: 1 + Math.max(0, ...parts.map(({ depth }) => depth)) };
  };
  const sizeOfNamed = (name: string, path: string): Size => {
    const [target, known] = [named.get(name), sizes.get(name)];
    if (!target) report(errors, path, 'unknown_condition', `names no condition: "${name}"`);
    if (known === 'open') report(errors, path, 'cycle', `leads back to the condition "${name}" itself`);
    if (!target || known === 'open') return { nodes: 1, depth: 1 };
    if (known) return known;
    sizes.set(name, 'open');
    const size = sizeOf(target.when, target.path);
    sizes.set(name, size);
    return size;
  };

  const limit = ({ nodes, depth }: Size, path: string): void => {
    if (nodes > MAX_NODES) report(errors, path, 'too_many_nodes', `has more than ${MAX_NODES} parts, with the conditions that it names`);
    else if (depth > MAX_DEPTH) report(errors, path, 'too_deep', `is more than ${MAX_DEPTH} levels deep, with the conditions that it names`);
  };
  for (const [name, { path }] of named) limit(sizeOfNamed(name, path), path);
  for (const [path, when] of uses) limit(sizeOf(when, path), path);
  return errors;
}

/** The condition with those in it that it names; for a model that was checked. */
export function withNamed(node: ModelCondition, conditions: readonly NamedCondition[]): Condition {
  if ('condition' in node) return withNamed(conditions.find(({ name }) => name === node.condition)!.when, conditions);
  if ('all' in node) return { all: node.all.map((part) => withNamed(part, conditions)) };
  if ('any' in node) return { any: node.any.map((part) => withNamed(part, conditions)) };
  return 'not' in node ? { not: withNamed(node.not, conditions) } : node;
}
