/** Between which the ids of anything are, for `@Integer`. */
export const ID = [1, Number.MAX_SAFE_INTEGER] as const;
