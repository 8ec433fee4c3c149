/** Without its owner a copy is good for this long: a revoked key works no longer than that. */
const GOOD_FOR_MS = 15 * 60 * 1_000;
/** What the owner doesn't know isn't asked again for this long. */
const UNKNOWN_FOR_MS = 5_000;
const MOST_UNKNOWN = 10_000;

/** What an owner had at a moment, and what it is known not to have; times are milliseconds of one monotonic clock. */
export class VerifiedCopy {
  private readonly unknown = new Map<string, number>();

  constructor(private readonly loadedAt: number) {}

  isGood = (now: number): boolean => now - this.loadedAt <= GOOD_FOR_MS;
  ageMs = (now: number): number => Math.round(now - this.loadedAt);

  /** Remembers that the owner doesn't know this name. */
  markUnknown(name: string, now: number): void {
    if (this.unknown.size >= MOST_UNKNOWN) this.unknown.clear();
    this.unknown.set(name, now + UNKNOWN_FOR_MS);
  }

  isUnknown = (name: string, now: number): boolean => (this.unknown.get(name) ?? -Infinity) > now;
}
