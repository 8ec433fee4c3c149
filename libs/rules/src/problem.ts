/** One thing that is wrong with a document, and where. */
export interface Problem {
  /** JSON pointer (RFC 6901) into the document; '' is the document itself */
  readonly path: string;
  readonly code: ProblemCode;
  /** a sentence, for people */
  readonly message: string;
}

export type ProblemCode =
  | 'not_a_condition' | 'unknown_property' | 'too_deep' | 'too_many_nodes'
  | 'not_a_list' | 'empty_list' | 'list_too_long'
  | 'unknown_field' | 'unknown_operator' | 'operator_not_for_type'
  | 'missing_value' | 'wrong_value_type' | 'empty_text' | 'text_too_long' | 'not_a_range' | 'reversed_range';

export const problem = (path: string, code: ProblemCode, message: string): Problem => ({ path, code, message });

/** A pointer one step further in. */
export const at = (path: string, step: string | number): string =>
  `${path}/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`;
