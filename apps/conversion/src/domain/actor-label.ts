import type { Actor } from '@headwater/contracts';

const LONGEST = 200;

/** Who did it, for programs: `user:4711`. */
export const actorLabel = ({ kind, id }: Actor): string => `${kind}:${id}`.slice(0, LONGEST);

/** Who wrote it, for people. */
export const authorName = ({ id, name }: Actor): string => (name ?? id).slice(0, LONGEST);
