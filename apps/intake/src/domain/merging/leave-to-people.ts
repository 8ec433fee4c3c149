import { readEmail } from '../email';
import type { Lead } from '../lead';
import { namesContradict } from '../person-name';

/** How people have said that two leads, or leads that are part of them, are not one person's. */
export type Parting = 'dismissed' | 'unmerged';

const SAID: Readonly<Record<Parting, string>> = {
  dismissed: 'somebody has dismissed the two before', unmerged: 'somebody has taken a merge of the two back',
};

/**
 * Why two leads that are most likely one person's are not merged without a person, though the tenant wants it; null where they may be.
 * What never is an exact match by itself doesn't become one by its sum, and what people have parted stays theirs to decide.
 */
export function leftToPeople(one: Lead, other: Lead, parted: Parting | null): string | null {
  if (one.converted || other.converted) return 'one of the two is converted';
  if (parted) return SAID[parted];
  if (namesContradict(one.profile, other.profile)) return 'their names are clearly two persons\'';
  if (sharesRoleMailbox(one, other)) return 'their e-mail is the mailbox of a role, not of a person';
  return null;
}

function sharesRoleMailbox(one: Lead, other: Lead): boolean {
  const { key, kind } = readEmail(one.profile.email);
  return kind === 'role' && key !== null && key === readEmail(other.profile.email).key;
}
