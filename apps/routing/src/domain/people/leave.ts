import { fieldError } from '@headwater/contracts';
import type { PeopleRules } from './kind';

export interface StoredLeave {
  rep_id: number;
  /** RFC 3339 */
  from: string;
  /** the first moment that they are back */
  until: string;
  active: boolean;
}

export const leaveRules: PeopleRules<StoredLeave> = {
  noun: 'Leave',
  absent: { active: true },
  unique: null,
  tidy: ({ from, until, ...leave }) => ({ ...leave, from: instant(from), until: instant(until) }),
  check: ({ from, until }) => {
    const wrong = Object.entries({ from, until }).filter(([, text]) => Number.isNaN(Date.parse(text)));
    if (wrong.length > 0) return wrong.map(([field, text]) => fieldError(field, 'wrong_format', `${field}: the calendar has no ${text}`));
    return from < until ? [] : [fieldError('until', 'reversed_period', 'until must be after from')];
  },
  references: ({ rep_id }) => [{ field: 'rep_id', to: 'rep', id: rep_id }],
};

/** In UTC, so that texts are in the order of time; what is no moment stays as it is, to be complained about. */
const instant = (text: string): string => (Number.isNaN(Date.parse(text)) ? text : new Date(text).toISOString());
