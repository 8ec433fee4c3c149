import { gunzipSync, gzipSync } from 'node:zlib';

/** A message of the broker has at most 1 MB; a document of some megabytes goes into it packed. */
export const pack = (document: unknown): string => gzipSync(JSON.stringify(document)).toString('base64');

const MOST_BYTES = 16 * 1024 * 1024;

/** @throws RangeError when there is more in it than 16 MB */
export const unpack = (packed: string): unknown => JSON.parse(gunzipSync(Buffer.from(packed, 'base64'), { maxOutputLength: MOST_BYTES }).toString());
