/** Whole numbers below 2^32, as many as fit into memory at four bytes each. */
export class NumberList {
  private held = new Uint32Array(1_024);
  length = 0;

  push(value: number): void {
    if (this.length === this.held.length) {
      const more = new Uint32Array(2 * this.length);
      more.set(this.held);
      this.held = more;
    }
    this.held[this.length] = value;
    this.length += 1;
  }

  /** @param index below `length` */
  at(index: number): number {
    return this.held[index]!;
  }

  toArray(): Uint32Array {
    return this.held.subarray(0, this.length);
  }
}

/** Pairs of whole numbers; many millions of them. */
export class PairList {
  private readonly first = new NumberList();
  private readonly second = new NumberList();

  get length(): number {
    return this.first.length;
  }

  push(one: number, other: number): void {
    this.first.push(one);
    this.second.push(other);
  }

  /** @param index below `length` */
  at(index: number): [number, number] {
    return [this.first.at(index), this.second.at(index)];
  }
}
