import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** A document is out of date: another text is due, or (null) none. */
export interface Stale {
  /** within the repository */
  path: string;
  due: string | null;
}

/** Those that aren't as they are due, by their paths. */
export const changed = (repository: string, due: Map<string, string>): Stale[] => [...due].filter(([path, text]) => {
  const file = join(repository, path);
  return !existsSync(file) || readFileSync(file, 'utf8') !== text;
}).map(([path, text]) => ({ path, due: text }));

export function write(repository: string, documents: Stale[]): void {
  for (const { path, due } of documents) {
    const file = join(repository, path);
    if (due === null) rmSync(file);
    else {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, due);
    }
  }
}
