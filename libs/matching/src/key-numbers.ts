import { hashKey } from './key-hash';

const FEWEST_SLOTS = 1_024;
const EMPTY = -1;

/** Gives keys numbers from 0, equal ones the same: a table with open addresses, since a Map holds 16 million at most. */
export class KeyNumbers {
  private hashes = new Float64Array(FEWEST_SLOTS).fill(EMPTY);
  private numbers = new Uint32Array(FEWEST_SLOTS);
  /** how many different keys there were */
  size = 0;

  of(key: string): number {
    if (2 * this.size >= this.hashes.length) this.grow();
    const hash = hashKey(key);
    const slot = this.slotOf(hash);
    if (this.hashes[slot] === EMPTY) {
      this.hashes[slot] = hash;
      this.numbers[slot] = this.size;
      this.size += 1;
    }
    return this.numbers[slot]!;
  }

  /** Where it is, or the free one where it belongs. */
  private slotOf(hash: number): number {
    let slot = hash % this.hashes.length;
    while (this.hashes[slot] !== EMPTY && this.hashes[slot] !== hash) slot = slot + 1 === this.hashes.length ? 0 : slot + 1;
    return slot;
  }

  private grow(): void {
    const { hashes, numbers } = this;
    this.hashes = new Float64Array(2 * hashes.length).fill(EMPTY);
    this.numbers = new Uint32Array(2 * hashes.length);
    for (const [from, hash] of hashes.entries()) {
      if (hash === EMPTY) continue;
      const slot = this.slotOf(hash);
      this.hashes[slot] = hash;
      this.numbers[slot] = numbers[from]!;
    }
  }
}
