import type { Actor } from '@headwater/contracts';

/** How histories name who did it. */
export const actorLabel = ({ name, id }: Actor): string => (name || id).slice(0, 200);
