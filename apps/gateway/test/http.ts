import { SignJWT } from 'jose';
import { eventually } from '@headwater/testing';

export const JWT_SECRET = 'a shared secret that only tests know';
export const OPERATOR_TOKEN = 'an-operator-token-that-only-tests-know';

/** Whatever came. */
interface Body {
  message?: string;
  code?: string;
  errors?: { field: string; code: string; detail: string }[];
  warnings?: { code: string }[];
  meta?: { next_cursor?: string | null; missing?: string[] };
  data?: never;
  [more: string]: unknown;
}

export interface Answer {
  status: number;
  headers: Headers;
  body: Body;
}

interface Options {
  token?: string | null;
  body?: unknown;
  /** sent as it is, instead of `body` */
  raw?: string | Buffer;
  headers?: Record<string, string>;
}

export type Send = (method: string, path: string, options?: Options) => Promise<Answer>;

/** Sends requests to one address, as one caller unless told otherwise. */
export const client = (url: string, token: string): Send => async (method, path, { token: other = token, body, raw, headers } = {}) => {
  const payload = raw ?? (body === undefined ? undefined : JSON.stringify(body));
  const response = await fetch(url + path, {
    method,
    headers: {
      ...(other ? { authorization: `Bearer ${other}` } : {}),
      ...(payload === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    body: payload,
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text ? JSON.parse(text) as Body : {} };
};

/**
 * As any sender may who hears that it is kept for later (202), or to come again (503): asks once more. A gateway gives intake two seconds and the spool
 * one, and a busy machine may take longer; who waited in vain is followed by others who don't ask, for a second.
 */
export const inTime = <T extends { status: number }>(ask: () => Promise<T>): Promise<T> => eventually('it is answered in time', async () => {
  const answer = await ask();
  return answer.status !== 202 && answer.status !== 503 && answer;
}, { timeoutMs: 20_000 });

/** The same of what is to be kept for later. */
export const kept = <T extends { status: number }>(ask: () => Promise<T>): Promise<T> => eventually('the spool takes it in time', async () => {
  const answer = await ask();
  return answer.status !== 503 && answer;
}, { timeoutMs: 20_000 });

/** A token as an identity provider would sign it. */
export function jwt(claims: Record<string, unknown>, { secret = JWT_SECRET, expires = '5m' as string | null } = {}): Promise<string> {
  const token = new SignJWT({ sub: 'u-1', tenant: 'demo', ...claims }).setProtectedHeader({ alg: 'HS256' });
  if (expires) token.setExpirationTime(expires);
  return token.sign(new TextEncoder().encode(secret));
}
