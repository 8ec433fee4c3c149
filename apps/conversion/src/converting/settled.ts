import type { ConvertedInto } from '@headwater/contracts';
import type { News } from '../domain/news';
import type { Attempt } from '../store/conversions.store';

/** A conversion that is done. */
export interface Settled {
  attempt: Attempt;
  converted: ConvertedInto;
  actor: string;
  /** unknown of one that was done before */
  news?: News;
}
