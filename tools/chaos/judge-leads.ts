import { findingOf, type Finding } from './finding';
import { emailOf, keyOfPage, type Submission } from './population';

/** A lead as the API shows it, with the page of each of its touches. */
export interface ReadLead {
  id: number;
  email: string | null;
  pages: (string | null)[];
}

/**
 * Holds what was accepted against what can be read: every submission's touch is there, once, at the one lead of its person.
 * @param accepted with their repetitions
 * @param sent every submission that was begun: one that was not accepted may be there nevertheless
 */
export function judgeLeads(accepted: Iterable<Submission>, sent: readonly Submission[], leads: readonly ReadLead[]): Finding[] {
  const leadsOf = groupBy(leads, ({ email }) => email?.toLowerCase() ?? '');
  const ownerOf = new Map(sent.map(({ key, person }) => [key, emailOf(person)]));
  const touches = leads.flatMap((lead) => lead.pages.map((page) => ({ lead, key: keyOfPage(page) ?? '' })));
  const touchesOf = groupBy(touches, ({ key }) => key);
  const submissions = [...accepted];
  const unreadable = submissions.filter(({ person }) => !leadsOf.has(emailOf(person)));
  const untouched = submissions.filter(({ key, person }) => leadsOf.has(emailOf(person)) && !touchesOf.has(key));
  const people = new Set(ownerOf.values());
  const misplaced = touches.filter(({ key, lead }) => ownerOf.get(key) !== lead.email?.toLowerCase());
  return [
    ...findingOf('lost', 'accepted, but there is no lead to be read', unreadable.map(describe)),
    ...findingOf('lost', 'accepted, but the lead has no touch of it', untouched.map(describe)),
    ...findingOf('doubled', 'leads beyond one per person', beyondFirst(leadsOf, ({ id, email }) => `lead ${id} of ${email}`)),
    ...findingOf('doubled', 'touches beyond one per key', beyondFirst(touchesOf, ({ key, lead }) => `${key} at lead ${lead.id}`)),
    ...findingOf('doubled', 'leads of people who were not sent',
      leads.filter(({ email }) => !people.has(email?.toLowerCase() ?? '')).map(({ id }) => `lead ${id}`)),
    ...findingOf('doubled', "touches of other people's submissions",
      misplaced.map(({ key, lead }) => `${key || 'no key'} at lead ${lead.id}`)),
  ];
}

const describe = ({ key, kind, person }: Submission): string => `${key} (${kind}) of ${emailOf(person)}`;

const beyondFirst = <Item>(groups: Map<string, Item[]>, describeItem: (item: Item) => string): string[] =>
  [...groups.values()].flatMap((items) => items.slice(1).map(describeItem));

function groupBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}
