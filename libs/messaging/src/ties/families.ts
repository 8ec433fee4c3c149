/** One lead as far as merges are concerned. */
export interface Tie {
  tenant_id: string;
  lead_id: number;
  /** null: it is one of its own */
  merged_into: number | null;
  /** a later word on the primary counts for more than what this lead brought along */
  outranked: boolean;
}

type Key = Pick<Tie, 'tenant_id' | 'lead_id'>;

const nameOf = ({ tenant_id }: Key, id: number): string => `${tenant_id} ${id}`;

/**
 * Who belongs to whom, at whatever depth. While news of two merges come in another order than the merges, leads may seem to
 * be merged in a circle: each of them is then looked at once.
 */
export class Families {
  private readonly ties: Map<string, Tie>;
  private readonly under = new Map<string, Tie[]>();

  /** @param all every lead of the families */
  constructor(readonly all: readonly Tie[]) {
    this.ties = new Map(all.map((tie) => [nameOf(tie, tie.lead_id), tie]));
    for (const tie of all) {
      if (tie.merged_into === null) continue;
      const name = nameOf(tie, tie.merged_into);
      this.under.set(name, [...(this.under.get(name) ?? []), tie]);
    }
  }

  /** The lead that everything about this one belongs to now; null when that is itself. */
  primaryOf(lead: Key): number | null {
    return this.aboveOf(lead).at(-1) ?? null;
  }

  /** Those that it was merged into, the nearest first. */
  aboveOf(lead: Key): number[] {
    const above = new Set<number>();
    for (let next = this.mergedInto(lead, lead.lead_id); next !== null && next !== lead.lead_id && !above.has(next);) {
      above.add(next);
      next = this.mergedInto(lead, next);
    }
    return [...above];
  }

  private mergedInto(tenant: Key, id: number): number | null {
    return this.ties.get(nameOf(tenant, id))?.merged_into ?? null;
  }

  /** Those that were merged into it, and into these, in the order of their ids. */
  membersOf(lead: Key): Tie[] {
    const found = new Map<number, Tie>();
    for (const open = [lead.lead_id]; open.length;) {
      for (const tie of this.under.get(nameOf(lead, open.pop() as number)) ?? []) {
        if (tie.lead_id === lead.lead_id || found.has(tie.lead_id)) continue;
        found.set(tie.lead_id, tie);
        open.push(tie.lead_id);
      }
    }
    return [...found.values()].sort((a, b) => a.lead_id - b.lead_id);
  }
}
