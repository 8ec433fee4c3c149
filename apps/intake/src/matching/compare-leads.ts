import { Injectable } from '@nestjs/common';
import { likeliest } from '@headwater/matching';
import type { Tx } from '@headwater/platform';
import { judgePair, type Judgement, type KnownReview, type MatchRecord } from '../domain/matching/judge-pair';
import { MatchRecordsStore, type KeyedRecord } from '../store/match-records.store';
import type { LeadRef } from '../store/match-work.store';
import { ReviewsStore } from '../store/reviews.store';
import { CrowdedKeys } from './crowded-keys';
import { KeyedRecords } from './keyed-records';
import { MatchingModels, type TenantMatching } from './matching-models';

type Judged = Judgement & { model_version: number };

/**
 * Second step, once the keys of the leads are committed: compares each with those who share keys with it. Of two leads that come at once
 * the one whose keys were committed last finds the other, whichever replica has it.
 */
@Injectable()
export class CompareLeads {
  constructor(
    private readonly records: MatchRecordsStore, private readonly reviews: ReviewsStore,
    private readonly models: MatchingModels, private readonly crowded: CrowdedKeys, private readonly keyed: KeyedRecords,
  ) {}

  /** Within the transaction that takes them off the list. @returns how many pairs were compared, and how many reviews are new */
  async compare(tx: Tx, refs: LeadRef[]): Promise<{ pairs: number; opened: number }> {
    const models = await this.models.of(tx, refs.map(({ tenant }) => tenant));
    const own = await this.keyed.of(tx, refs, models);
    if (own.length === 0) return { pairs: 0, opened: 0 };
    const known = await this.reviews.lock(tx, own.map(refOf));
    const pairs = pairsOf(own, await this.candidates(tx, own, models), known);
    const all = new Map([...own, ...await this.others(tx, own, pairs)].map((record) => [record.lead_id, record]));
    const reviewOf = new Map(known.map((review) => [pairName(review.low_id, review.high_id), review]));
    const judged = pairs.flatMap(({ low, high, tenant }): Judged[] => {
      const [one, other] = [all.get(low), all.get(high)];
      if (one?.tenant_id !== tenant || other?.tenant_id !== tenant) return []; // merged meanwhile
      const { matcher, version } = models.get(tenant)!;
      const judgement = judgePair(one, other, reviewOf.get(pairName(low, high)), matcher);
      return judgement ? [{ ...judgement, model_version: version }] : [];
    });
    return { pairs: pairs.length, opened: await this.reviews.write(tx, await this.stillTrue(tx, judged, all)) };
  }

  private async candidates(tx: Tx, own: KeyedRecord[], models: ReadonlyMap<string, TenantMatching>): Promise<Map<number, number[]>> {
    const holders = await this.crowded.holders(tx, own.flatMap(({ keys }) => keys));
    return new Map(own.map(({ lead_id, tenant_id, keys }) => [
      lead_id, likeliest(lead_id, keys.flatMap((key) => (holders.has(key) ? [holders.get(key)!] : [])), models.get(tenant_id)!.records),
    ]));
  }

  private others(tx: Tx, own: KeyedRecord[], pairs: Pair[]): Promise<MatchRecord[]> {
    const here = new Set(own.map(({ lead_id }) => lead_id));
    const wanted = new Map<number, LeadRef>();
    for (const { low, high, tenant } of pairs) for (const id of [low, high]) if (!here.has(id)) wanted.set(id, { tenant, id });
    return this.records.find(tx, [...wanted.values()]);
  }

  /**
   * Without the pairs of which one has got a newer record since it was read: whoever keyed that compares it next. The others can't get one
   * before this is committed.
   */
  private async stillTrue(tx: Tx, judged: Judged[], all: ReadonlyMap<number, MatchRecord>): Promise<Judged[]> {
    if (judged.length === 0) return [];
    const leads = new Map(judged.flatMap(({ tenant_id: tenant, low_id, high_id }) => [low_id, high_id].map((id) => [id, { tenant, id }])));
    const revisions = await this.records.hold(tx, [...leads.values()]);
    const isStill = (id: number): boolean => revisions.get(id) === all.get(id)?.revision;
    return judged.filter(({ low_id, high_id }) => isStill(low_id) && isStill(high_id));
  }
}

interface Pair { tenant: string; low: number; high: number }

const refOf = ({ tenant_id, lead_id }: MatchRecord): LeadRef => ({ tenant: tenant_id, id: lead_id });

const pairName = (low: number, high: number): string => `${low} ${high}`;

/** Each pair once: those who share keys, and those about whom something is known, whatever they share by now. */
function pairsOf(own: KeyedRecord[], candidates: ReadonlyMap<number, number[]>, known: KnownReview[]): Pair[] {
  const pairs = new Map<string, Pair>();
  const tenants = new Map(own.map(({ lead_id, tenant_id }) => [lead_id, tenant_id]));
  const add = (tenant: string, a: number, b: number): void => {
    const [low, high] = a < b ? [a, b] : [b, a];
    pairs.set(pairName(low, high), { tenant, low, high });
  };
  for (const [id, others] of candidates) for (const other of others) add(tenants.get(id)!, id, other);
  for (const { low_id, high_id } of known) add((tenants.get(low_id) ?? tenants.get(high_id))!, low_id, high_id);
  return [...pairs.values()];
}
