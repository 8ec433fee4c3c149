import type { LeadFacts, LeadProfile } from '@headwater/contracts';
import { namesContradict } from './person-name';
import type { MatchKey, Submission } from './read-submission';

/** A lead that shares a key with the submission. */
export interface Candidate {
  id: number;
  profile: LeadProfile;
  facts: LeadFacts;
  converted: boolean;
  keys: Pick<MatchKey, 'kind' | 'value'>[];
}

export interface Match<C extends Candidate> {
  candidate: C | null;
  /** a sentence, for people */
  because: string;
}

/**
 * Which lead a submission belongs to, and why. Exact is an equal external id; an equal address of one person, unless the
 * names are clearly different people's; an equal phone where one side has no e-mail and the names don't contradict. Open
 * leads come before converted ones, then the oldest.
 */
export function matchSubmission<C extends Candidate>(submission: Submission, candidates: C[]): Match<C> {
  const ordered = [...candidates].sort((a, b) => Number(a.converted) - Number(b.converted) || a.id - b.id);
  let doubt: string | null = null;
  for (const key of submission.keys) {
    for (const candidate of ordered.filter(({ keys }) => keys.some(({ kind, value }) => kind === key.kind && value === key.value))) {
      const verdict = judge(key, submission, candidate);
      if (verdict.exact) return { candidate, because: verdict.because };
      doubt ??= verdict.because;
    }
  }
  return { candidate: null, because: doubt ?? 'nobody with this e-mail, phone or external id is known' };
}

function judge(key: MatchKey, { profile }: Submission, candidate: Candidate): { exact: boolean; because: string } {
  if (key.kind === 'external_id') return { exact: true, because: 'same external id from the same sender' };
  if (key.kind === 'email' && !key.exclusive) return { exact: false, because: 'same e-mail, but it is the mailbox of a role, not of a person' };
  if (namesContradict(profile, candidate.profile)) return { exact: false, because: `same ${words(key)}, but clearly another person's name` };
  if (key.kind === 'phone' && profile.email && candidate.profile.email) return { exact: false, because: 'same phone, but another e-mail' };
  return { exact: true, because: `same ${words(key)}` };
}

const words = ({ kind }: MatchKey): string => (kind === 'email' ? 'e-mail' : kind);
