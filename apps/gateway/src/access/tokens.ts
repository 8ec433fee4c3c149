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

interface Keys {
  /** those that are good now (HS256), asked for at each token */
  secrets?: () => string[];
  /** address of a key set */
  jwksUrl?: string;
}

/** @param keys shared secrets, a key set, or both; with neither no token holds */
export function tokenVerifier({ secrets, jwksUrl }: Keys): TokenVerifier {
  const remote = jwksUrl ? createRemoteJWKSet(new URL(jwksUrl)) : null;
  const options = {
    algorithms: [...(secrets ? ['HS256'] : []), ...(remote ? ASYMMETRIC : [])],
    requiredClaims: ['exp', 'sub', 'tenant'], clockTolerance: CLOCK_TOLERANCE,
  };
  // The algorithm was compared with the list before a key is asked for.
  const keyWith = (secret: string | null): JWTVerifyGetKey =>
    async (header, token) => (header.alg === 'HS256' && secret ? new TextEncoder().encode(secret) : remote!(header, token));
  return async (token) => {
    if (options.algorithms.length === 0) throw unauthenticated('Tokens are not accepted here: use an API key');
    try {
      return claimsOf(await firstThatHolds(secrets?.() ?? [null], async (secret) => (await jwtVerify(token, keyWith(secret), options)).payload));
    } catch (error) {
      throw refusal(error);
    }
  };
}

/** Only another signature lets the next secret be tried: whatever else is wrong with a token stays wrong. */
async function firstThatHolds<Secret, Payload>([first, ...others]: Secret[], verify: (secret: Secret) => Promise<Payload>): Promise<Payload> {
  try {
    return await verify(first);
  } catch (error) {
    if (others.length === 0 || !(error instanceof errors.JWSSignatureVerificationFailed)) throw error;
    return firstThatHolds(others, verify);
  }
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
