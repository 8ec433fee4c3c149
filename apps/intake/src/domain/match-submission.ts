import type { LeadProfile } from '@headwater/contracts';
import { namesContradict } from './person-name';
import type { MatchKey, Submission } from './read-submission';

/** A lead that shares a key with the submission. */
export interface Candidate {
  id: number;
  profile: LeadProfile;
  converted: boolean;
  /** exclusive: those that it owns */
  keys: MatchKey[];
}

export interface Match<C extends Candidate> {
  candidate: C | null;
  /** without a match: a lead that people should look at, because it may be the same person's */
  doubt: C | null;
  /** a sentence, for people */
  because: string;
}

/**
 * Which lead a submission belongs to, and why. Exact is an equal external id; an equal address of one person, unless the
 * names are clearly different people's; an equal phone where one side has no e-mail and the names don't contradict. Open
 * leads come before converted ones, then who owns the key, then the oldest. In doubt is the mailbox of a role, an equal address with clearly another
 * name, and an equal phone where the e-mail is another one and the name may be the same.
 */
export function matchSubmission<C extends Candidate>(submission: Submission, candidates: C[]): Match<C> {
  let doubt: C | null = null;
  let because: string | null = null;
  for (const key of submission.keys) {
    for (const candidate of holdersOf(key, candidates)) {
      const verdict = judge(key, submission, candidate);
      if (verdict.kind === 'exact') return { candidate, doubt: null, because: verdict.because };
      if (doubt === null && verdict.kind === 'doubt') [doubt, because] = [candidate, verdict.because];
      because ??= verdict.because;
    }
  }
  return { candidate: null, doubt, because: because ?? 'nobody with this e-mail, phone or external id is known' };
}

function holdersOf<C extends Candidate>(key: MatchKey, candidates: C[]): C[] {
  const holders = candidates.flatMap((candidate) => {
    const held = candidate.keys.filter(({ kind, value }) => kind === key.kind && value === key.value);
    return held.length === 0 ? [] : [{ candidate, owns: held.some(({ exclusive }) => exclusive) }];
  });
  return holders
    .sort((a, b) => Number(a.candidate.converted) - Number(b.candidate.converted) || Number(b.owns) - Number(a.owns) || a.candidate.id - b.candidate.id)
    .map(({ candidate }) => candidate);
}

function judge(key: MatchKey, { profile }: Submission, candidate: Candidate): { kind: 'exact' | 'doubt' | 'other'; because: string } {
  if (key.kind === 'external_id') return { kind: 'exact', because: 'same external id from the same sender' };
  if (key.kind === 'email' && !key.exclusive) return { kind: 'doubt', because: 'same e-mail, but it is the mailbox of a role, not of a person' };
  if (namesContradict(profile, candidate.profile)) {
    return { kind: key.kind === 'email' ? 'doubt' : 'other', because: `same ${words(key)}, but clearly another person's name` };
  }
  if (key.kind === 'phone' && profile.email && candidate.profile.email) return { kind: 'doubt', because: 'same phone, but another e-mail' };
  return { kind: 'exact', because: `same ${words(key)}` };
}

const words = ({ kind }: MatchKey): string => (kind === 'email' ? 'e-mail' : kind);
