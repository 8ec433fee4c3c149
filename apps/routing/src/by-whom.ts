import type { Context } from '@headwater/contracts';

/** Who changes something, as it is kept with the change. */
export const byWhom = ({ actor: { name, id } }: Pick<Context, 'actor'>): string => name ?? id;
