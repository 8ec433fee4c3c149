import { createHmac } from 'node:crypto';
import { sameSecret } from '../access/tokens';

const SIGNED = /^([0-9a-z]{8,9})\.([\w-]{22})$/;

const signatureOf = (time: string, secret: string): string => createHmac('sha256', secret).update(`made at ${time}`).digest('base64url').slice(0, 22);

/** A moment that only the form's own secret can have written. @param ms since 1970 */
export function signMoment(ms: number, secret: string): string {
  const time = ms.toString(36);
  return `${time}.${signatureOf(time, secret)}`;
}

/** Milliseconds since 1970; null for what we did not write. */
export function readMoment(text: unknown, secret: string): number | null {
  const [, time, signature] = SIGNED.exec(typeof text === 'string' ? text : '') ?? [];
  return time && signature && sameSecret(signature, signatureOf(time, secret)) ? parseInt(time, 36) : null;
}
