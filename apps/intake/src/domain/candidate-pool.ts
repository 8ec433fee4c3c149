import type { LeadProfile } from '@headwater/contracts';
import type { Lead } from './lead';
import type { Candidate } from './match-submission';
import type { MatchKey } from './read-submission';

type Key = Pick<MatchKey, 'kind' | 'value'>;

/** A lead that a batch creates or touches, as it is after the batch. */
export interface Draft {
  lead: Lead;
  isNew: boolean;
  changed: Set<string>;
  /** keys that it has besides those stored */
  newKeys: Map<string, MatchKey>;
  /** a rule enriches it: whoever needs to know more may wait for that */
  enriches?: boolean;
}

/** The leads that submissions may belong to, those of the batch itself as well: found by their keys. */
export class CandidatePool {
  private readonly byKey = new Map<string, Pooled[]>();
  private readonly all = new Set<Draft>();

  get size(): number {
    return this.all.size;
  }

  get drafts(): Draft[] {
    return [...this.all];
  }

  add(draft: Draft, keys: readonly MatchKey[]): void {
    this.all.add(draft);
    this.learn(new Pooled(draft), keys);
  }

  /** The lead has these keys from now on, besides those that it has. */
  learn(pooled: Pooled, keys: readonly MatchKey[]): void {
    const { draft: { lead: { tenant_id } } } = pooled;
    for (const key of keys) {
      pooled.keys.push(key);
      const name = nameOf(tenant_id, key);
      const sharing = this.byKey.get(name);
      if (!sharing) this.byKey.set(name, [pooled]);
      else if (!sharing.includes(pooled)) sharing.push(pooled);
    }
  }

  /** Those of the tenant that share one of the keys. */
  sharing(tenant: string, keys: readonly Key[]): Pooled[] {
    return [...new Set(keys.flatMap((key) => this.byKey.get(nameOf(tenant, key)) ?? []))];
  }

  /** Whether a lead may own a key: no other open lead of the tenant has it. Else it is found by it, and no more. */
  mayOwn(own: Draft, key: MatchKey): boolean {
    return key.exclusive && !this.sharing(own.lead.tenant_id, [key]).some(({ draft, converted }) => draft !== own && !converted);
  }
}

class Pooled implements Candidate {
  readonly keys: MatchKey[] = [];

  constructor(readonly draft: Draft) {}

  get id(): number {
    return this.draft.lead.id;
  }

  get profile(): LeadProfile {
    return this.draft.lead.profile;
  }

  get converted(): boolean {
    return this.draft.lead.converted !== null;
  }
}

const nameOf = (tenant: string, { kind, value }: Key): string => `${tenant} ${kind} ${value}`;
