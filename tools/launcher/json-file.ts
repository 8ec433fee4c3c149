import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { LauncherError } from './launcher-error';

/** Undefined when the file isn't there. @throws LauncherError when it holds no JSON */
export function readJsonFile<Content>(path: string): Content | undefined {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new LauncherError(`${path} can't be read (${(error as NodeJS.ErrnoException).code})`, { cause: error });
  }
  try {
    return JSON.parse(text) as Content;
  } catch (error) {
    throw new LauncherError(`${path} holds no valid JSON: put it right, or remove it`, { cause: error });
  }
}

/** Whole or not at all, and for its owner's eyes only: what we write holds keys. */
export function writeJsonFile(path: string, content: unknown): void {
  const temporary = `${path}.${process.pid}`;
  rmSync(temporary, { force: true });
  writeFileSync(temporary, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 });
  renameSync(temporary, path);
}
