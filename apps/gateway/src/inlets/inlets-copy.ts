import type { EdgeInlet } from '@headwater/contracts';
import { VerifiedCopy } from '../access/verified-copy';

/** The ways in that tenants have set up, as intake had them at a moment. */
export class InletsCopy extends VerifiedCopy {
  private readonly byKey: Map<string, EdgeInlet>;

  /** @param digest by which intake tells whether all is still so; none before the first reading */
  constructor(inlets: Iterable<EdgeInlet>, readonly digest: string | undefined, loadedAt: number) {
    super(loadedAt);
    this.byKey = new Map(Array.from(inlets, (inlet) => [inlet.key, inlet]));
  }

  find = (key: string): EdgeInlet | undefined => this.byKey.get(key);
  add(inlet: EdgeInlet): void { this.byKey.set(inlet.key, inlet); }
  get size(): number { return this.byKey.size; }

  /** The same, verified anew. */
  confirmed = (at: number): InletsCopy => new InletsCopy(this.byKey.values(), this.digest, at);
}
