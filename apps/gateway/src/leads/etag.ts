import { DomainError } from '@headwater/contracts';
import type { LeadParts } from './lead-view';

export type Owner = keyof LeadParts;

const LETTERS: Readonly<Record<Owner, string>> = { intake: 'i', scoring: 's', routing: 'r', qualification: 'q' };
const OWNERS = Object.keys(LETTERS) as Owner[];

/** The owners' revisions as one entity tag, `"i3.s2.r1.q4"`; an owner that didn't answer is left out. */
export function etagOf(parts: LeadParts): string {
  const revisions = OWNERS.flatMap((owner) => {
    const part = parts[owner];
    return part ? [`${LETTERS[owner]}${part.revision}`] : [];
  });
  return `"${revisions.join('.')}"`;
}

/** The revision that a caller expects of an owner; undefined where they expect none. */
export type Expectations = (owner: Owner) => number | undefined;

/**
 * Reads `If-Match`: absent and `*` expect nothing.
 * @throws DomainError `precondition_failed` for what is no tag of ours, and when asked for an owner that the tag doesn't tell of
 */
export function expectationsOf(ifMatch: string | undefined): Expectations {
  if (ifMatch === undefined || ifMatch.trim() === '*') return () => undefined;
  const tag = /^"((?:[isrq]\d{1,15}\.)*[isrq]\d{1,15})"$/.exec(ifMatch.trim())?.[1];
  if (!tag) throw failed('If-Match must be one ETag of this lead, as it was answered');
  const revisions = new Map(tag.split('.').map((part) => [part[0], Number(part.slice(1))]));
  return (owner) => {
    const revision = revisions.get(LETTERS[owner]);
    if (revision === undefined) throw failed(`The ETag says nothing of what ${owner} knows: read the lead again`);
    return revision;
  };
}

const failed = (detail: string): DomainError => new DomainError({ kind: 'precondition', code: 'precondition_failed', detail });
