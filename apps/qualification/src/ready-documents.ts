import type { Queries } from '@headwater/platform';

/** A version of a tenant's document, which is never changed again. @property name where a tenant has several of a kind */
export interface DocumentKey { tenant: string; version: number; name?: string }

/** Documents that are remembered of one kind. */
const MOST_REMEMBERED = 1_000;

/** Documents of a kind, each read and made ready once: which version is in force is its caller's to ask. */
export class ReadyDocuments<Document, Ready> {
  private readonly known = new Map<string, Ready>();

  /** @param read the documents that there are, in any order */
  constructor(
    private readonly read: (queries: Queries, keys: readonly DocumentKey[]) => Promise<(DocumentKey & { document: Document })[]>,
    private readonly makeReady: (stored: DocumentKey & { document: Document }) => Ready,
  ) {}

  /** In the order of the keys; those that aren't known are read at once. @throws Error where one of them isn't there */
  async of(queries: Queries, keys: readonly DocumentKey[]): Promise<Ready[]> {
    const found = new Map(keys.map((key) => [nameOf(key), this.known.get(nameOf(key))]));
    const missing = keys.filter((key) => found.get(nameOf(key)) === undefined);
    for (const stored of missing.length > 0 ? await this.read(queries, missing) : []) {
      const ready = this.makeReady(stored);
      found.set(nameOf(stored), ready);
      this.remember(nameOf(stored), ready);
    }
    return keys.map((key) => {
      const ready = found.get(nameOf(key));
      if (ready === undefined) throw new Error(`There is no version ${key.version} of a document of ${key.tenant} that is said to be in force`);
      return ready;
    });
  }

  private remember(name: string, ready: Ready): void {
    if (this.known.size >= MOST_REMEMBERED) this.known.delete(this.known.keys().next().value!);
    this.known.set(name, ready);
  }
}

const nameOf = ({ tenant, version, name = '' }: DocumentKey): string => `${tenant} ${version} ${name}`;
