import { createHash, timingSafeEqual } from 'node:crypto';
import { createRemoteJWKSet, errors, jwtVerify, type JWTPayload, type JWTVerifyGetKey } from 'jose';
import { DomainError } from '@headwater/contracts';

const ASYMMETRIC = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'];
/** Seconds by which the clocks of issuer and gateway may differ. */
const CLOCK_TOLERANCE = 5;

export const unauthenticated = (detail: string): DomainError =>
  new DomainError({ kind: 'unauthenticated', code: 'unauthenticated', detail });

/** What we read of a token that holds. */
export interface Claims {
  sub: string;
  tenant: string;
  roles: unknown[];
  name?: string;
  email?: string;
}

/** Verifies signature and expiry. @throws DomainError `unauthenticated`, or `unavailable` when the key set can't be had */
export type TokenVerifier = (token: string) => Promise<Claims>;

/** @param keys shared secret (HS256), address of a key set, or both; with neither no token holds */
export function tokenVerifier({ secret, jwksUrl }: { secret?: string; jwksUrl?: string }): TokenVerifier {
  const shared = secret ? new TextEncoder().encode(secret) : null;
  const remote = jwksUrl ? createRemoteJWKSet(new URL(jwksUrl)) : null;
  const algorithms = [...(shared ? ['HS256'] : []), ...(remote ? ASYMMETRIC : [])];
  // The algorithm was compared with the list before a key is asked for.
  const keyFor: JWTVerifyGetKey = async (header, token) => (header.alg === 'HS256' && shared ? shared : remote!(header, token));
  return async (token) => {
    if (algorithms.length === 0) throw unauthenticated('Tokens are not accepted here: use an API key');
    try {
      const { payload } = await jwtVerify(token, keyFor, { algorithms, requiredClaims: ['exp', 'sub', 'tenant'], clockTolerance: CLOCK_TOLERANCE });
      return claimsOf(payload);
    } catch (error) {
      throw refusal(error);
    }
  };
}

function claimsOf({ sub, tenant, roles, name, email }: JWTPayload): Claims {
  if (!isPlainText(sub, 200)) throw unauthenticated('The token has no usable subject');
  if (!isPlainText(tenant, 40)) throw unauthenticated('The token names no tenant');
  return {
    sub, tenant, roles: Array.isArray(roles) ? roles : [],
    ...(isPlainText(name, 200) ? { name } : {}),
    ...(isPlainText(email, 320) ? { email } : {}),
  };
}

/** It goes into the database and into events: what they refuse is refused here. */
const isPlainText = (value: unknown, longest: number): value is string =>
  typeof value === 'string' && value.length > 0 && value.length <= longest && !/[\p{Cc}\p{Cs}]/u.test(value);

function refusal(error: unknown): Error {
  if (error instanceof DomainError) return error;
  if (error instanceof errors.JWTExpired) return unauthenticated('The token has expired');
  const noKeySet = error instanceof errors.JWKSTimeout || error instanceof errors.JWKSInvalid
    || (error as { code?: string }).code === 'ERR_JOSE_GENERIC';
  if (error instanceof errors.JOSEError && !noKeySet) return unauthenticated('The token is not valid');
  return DomainError.unavailable('The keys that sign tokens can not be had at the moment');
}

/** Compares secrets in a time that says nothing about where they differ. */
export function sameSecret(given: string, expected: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}
