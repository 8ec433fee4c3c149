import { defineRequest } from '../request';
import type { Touch } from './intake';

export type KeyTouch = Pick<
  Touch, 'submission_id' | 'at' | 'entry' | 'inlet' | 'channel' | 'source' | 'campaign' | 'utm' | 'click_ids' | 'page_url' | 'referrer'
>;

/** The touches that attribution goes by, of a lead and of all that were merged into it; null where there is none. */
export interface KeyTouches {
  /** by its own time, however late it was taken in */
  first: KeyTouch | null;
  last: KeyTouch | null;
  /** that the lead was made of */
  made_lead: KeyTouch | null;
}

export const GetKeyTouches = defineRequest<{ tenant: string; lead_id: number }, KeyTouches>('intake', 'get_key_touches');
