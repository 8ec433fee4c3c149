import type { Actor } from '@headwater/contracts';

const LONGEST = 200;

/** Who did it, never empty, as histories, notes and events call them. */
export const actorName = ({ id, name }: Actor): string => (name || id).slice(0, LONGEST);
