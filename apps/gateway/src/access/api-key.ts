import { createHash } from 'node:crypto';

export const KEY_PREFIX = 'hw_';
/** 256 bits: nobody guesses it, so a fast hash is enough to keep it. */
export const KEY_BYTES = 32;

/** The text of a key made of random bytes. */
export const keyOf = (random: Buffer): string => KEY_PREFIX + random.toString('base64url');

/** SHA-256, hexadecimal: all that is stored of a key. */
export const hashOfKey = (key: string): string => createHash('sha256').update(key).digest('hex');
