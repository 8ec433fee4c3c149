import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { InboundRequest, Verification } from './connector';

export type HmacAlgorithm = 'sha1' | 'sha256' | 'sha512';
export type HmacEncoding = 'hex' | 'base64';

export const VERIFIED: Verification = { ok: true };
export const refused = (why: string): Verification => ({ ok: false, why });

/** Seconds that a signed time may lie back, or ahead, before a repetition of the request counts for nothing. */
export const WINDOW_S = 300;

/** Without saying by its time how much of them is equal. */
export function sameText(one: string, other: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}

export const hmac = (algorithm: HmacAlgorithm, secret: string | Buffer, encoding: HmacEncoding, ...parts: (string | Buffer)[]): string => {
  const mac = createHmac(algorithm, secret);
  for (const part of parts) mac.update(part);
  return mac.digest(encoding);
};

/** @param signatures what would each be right, as when the address is signed and several are possible */
export function expectSignature(name: string, given: string | undefined, signatures: string[]): Verification {
  if (!given) return refused(`${name} is missing`);
  return signatures.some((signature) => sameText(signature, given)) ? VERIFIED : refused(`${name} is not the signature of this body`);
}

/** @param seconds since 1970, as the sender signed it */
export function expectRecent(seconds: number, now: number, window = WINDOW_S): Verification {
  if (!Number.isFinite(seconds)) return refused('The signed time is not a number');
  return Math.abs(now / 1_000 - seconds) <= window ? VERIFIED : refused('The signed time is too long ago, or ahead');
}

/** The first that is refused, or that all is well. Later ones aren't asked after a refusal. */
export function all(...checks: (() => Verification)[]): Verification {
  for (const check of checks) {
    const verdict = check();
    if (!verdict.ok) return verdict;
  }
  return VERIFIED;
}

const BASIC = /^Basic +([A-Za-z0-9+/=]+)$/i;
const BEARER = /^Bearer +(\S+)$/i;

/** Where a sender that signs nothing may put a secret: in the address or in a header, as far as it lets people say. */
function tokensIn({ headers, query }: InboundRequest): string[] {
  const authorization = headers.authorization ?? '';
  const basic = BASIC.exec(authorization)?.[1];
  return [
    query.token, query.secret, headers['x-headwater-token'], BEARER.exec(authorization)?.[1],
    basic && Buffer.from(basic, 'base64').toString().replace(/^[^:]*:/, ''),
  ].filter((token) => token !== undefined && token !== '') as string[];
}

/** For senders that sign nothing: a token in the address or a header. Where none was set up, the address itself is the secret. */
export function expectToken(request: InboundRequest, token: string | undefined): Verification {
  if (token === undefined) return VERIFIED;
  const given = tokensIn(request);
  if (given.length === 0) return refused('The token is missing: as ?token=…, as X-Headwater-Token or as Authorization');
  return given.some((one) => sameText(one, token)) ? VERIFIED : refused('The token is not the one of this connector');
}

export const TOKEN_SECRET = {
  token: {
    required: false,
    description: 'sent as ?token=… behind the address, as X-Headwater-Token, or as the password of Basic authentication; '
      + 'without one whoever knows the address can send',
  },
} as const;
