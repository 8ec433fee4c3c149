export { checkCondition, MAX_DEPTH, MAX_NODES } from './check-condition';
export { MAX_LIST_LENGTH, MAX_TEXT_LENGTH } from './check-value';
export { compile } from './compile';
export * from './condition';
export { evaluate, type ComparisonTrace, type Found, type Trace } from './evaluate';
export { explain } from './explain';
export { fieldsOf } from './fields-of';
export { wordsOf } from './text';
export type { Problem, ProblemCode } from './problem';
