import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ApiDocument } from './api-breaks';
import { changed, type Stale } from './documents';

const DOCUMENT = join('docs', 'api', 'openapi.json');
const RELEASED = join('docs', 'api', 'released', 'openapi.json');
const LARGEST = 16 * 1024 * 1024;
const PRINTER = join('apps', 'gateway', 'dist', 'documents', 'print-openapi.js');

/** The OpenAPI document as the built gateway would serve it, as a text; it needs no database for that, and no broker. */
export const presentApi = (repository: string): string =>
  execFileSync(process.execPath, [join(repository, PRINTER)], { encoding: 'utf8', maxBuffer: LARGEST });

export const releasedApi = (repository: string): ApiDocument => JSON.parse(readFileSync(join(repository, RELEASED), 'utf8')) as ApiDocument;

export const staleApi = (repository: string, present: string): Stale[] => changed(repository, new Map([[DOCUMENT, present]]));

/** What has to be written so that the present API is the released one. */
export const apiToRelease = (repository: string, present: string): Stale[] =>
  changed(repository, new Map([[RELEASED, `${JSON.stringify(JSON.parse(present))}\n`]])); // on one line: it is compared with, not read
