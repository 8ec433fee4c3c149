import { readEmail } from '../email';
import type { Lead } from '../lead';
import { namesContradict } from '../person-name';

/**
 * Why two leads that are most likely one person's are not merged without a person, though the tenant wants it; null where they may be.
 * What never is an exact match by itself doesn't become one by its sum, and what people have parted stays theirs to decide.
 * @param parted a merge of the two was taken back
 */
export function leftToPeople(one: Lead, other: Lead, parted: boolean): string | null {
  if (one.converted || other.converted) return 'one of the two is converted';
  if (parted) return 'somebody has taken a merge of the two back';
  if (namesContradict(one.profile, other.profile)) return 'their names are clearly two persons\'';
  if (sharesRoleMailbox(one, other)) return 'their e-mail is the mailbox of a role, not of a person';
  return null;
}

function sharesRoleMailbox(one: Lead, other: Lead): boolean {
  const { key, kind } = readEmail(one.profile.email);
  return kind === 'role' && key !== null && key === readEmail(other.profile.email).key;
}
