import { createPrivateKey, X509Certificate } from 'node:crypto';
import { credsAuthenticator } from 'nats';
import type { Shape } from './material';

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

export const anything: Shape = () => undefined;

export const databaseUrl: Shape = (text) => must(hasProtocol(text, ['postgres:', 'postgresql:']), 'is no URL of PostgreSQL');

/** One, or several of one cluster with commas between them. */
export const natsUrls: Shape = (text) =>
  must(text.split(',').every((url) => hasProtocol(url, ['nats:', 'tls:'])), 'is no URL of NATS');

export const certificates: Shape = (text) => {
  const found = text.match(CERTIFICATE) ?? [];
  must(found.length > 0 && found.every((pem) => succeeds(() => new X509Certificate(pem))), 'holds no certificate in PEM');
};

export const privateKey: Shape = (text) => must(succeeds(() => createPrivateKey(text)), 'holds no private key in PEM without passphrase');

/** What `nsc generate creds` writes: a token, and the seed that signs with it. */
export const natsCredentials: Shape = (text) =>
  must(succeeds(() => credsAuthenticator(new TextEncoder().encode(`${text}\n`))('nonce')), 'holds no credentials of NATS');

function must(holds: boolean, otherwise: string): void {
  if (!holds) throw new Error(otherwise);
}

function hasProtocol(text: string, protocols: string[]): boolean {
  return URL.canParse(text) && protocols.includes(new URL(text).protocol);
}

function succeeds(attempt: () => unknown): boolean {
  try {
    attempt();
    return true;
  } catch {
    return false;
  }
}
