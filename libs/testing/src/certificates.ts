import 'reflect-metadata';
import { createPrivateKey, webcrypto } from 'node:crypto';
import { isIP } from 'node:net';
import type { X509Certificate } from '@peculiar/x509';

/** Only where it is used: every test of a cell would wait for it otherwise. */
const x509 = () => import('@peculiar/x509');
const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const HOUR_MS = 60 * 60 * 1_000;

/** In PEM. */
export interface KeyPair { cert: string; key: string }

export interface Authority {
  /** its own certificate, in PEM */
  ca: string;
  /** @param hosts names and addresses that the certificate is good for; none for a client's */
  issue(name: string, options?: { hosts?: string[]; expired?: boolean }): Promise<KeyPair>;
}

/** A certificate authority of a test: Node can read certificates, but not make any. */
export async function certificateAuthority(name: string): Promise<Authority> {
  const { X509CertificateGenerator, BasicConstraintsExtension, KeyUsagesExtension, KeyUsageFlags } = await x509();
  const keys = await newKeys();
  const authority = await X509CertificateGenerator.createSelfSigned({
    name: `CN=${name}`, keys, signingAlgorithm: ALGORITHM, ...validity(false),
    extensions: [new BasicConstraintsExtension(true, 0, true), new KeyUsagesExtension(KeyUsageFlags.keyCertSign, true)],
  });
  return {
    ca: authority.toString('pem'),
    issue: (subject, { hosts = [], expired = false } = {}) => issue(authority, keys.privateKey, subject, hosts, expired),
  };
}

async function issue(issuer: X509Certificate, signingKey: webcrypto.CryptoKey, subject: string, hosts: string[], expired: boolean): Promise<KeyPair> {
  const { X509CertificateGenerator, SubjectAlternativeNameExtension } = await x509();
  const { publicKey, privateKey } = await newKeys();
  const certificate = await X509CertificateGenerator.create({
    issuer: issuer.subject, subject: `CN=${subject}`, signingKey, publicKey, signingAlgorithm: ALGORITHM, ...validity(expired),
    extensions: hosts.length ? [new SubjectAlternativeNameExtension(hosts.map((value) => ({ type: isIP(value) ? 'ip' : 'dns', value })))] : [],
  });
  const key = createPrivateKey({ key: Buffer.from(await webcrypto.subtle.exportKey('pkcs8', privateKey)), format: 'der', type: 'pkcs8' });
  return { cert: certificate.toString('pem'), key: key.export({ format: 'pem', type: 'pkcs8' }) as string };
}

const newKeys = (): Promise<webcrypto.CryptoKeyPair> => webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']) as Promise<webcrypto.CryptoKeyPair>;

function validity(expired: boolean): { notBefore: Date; notAfter: Date } {
  const now = Date.now();
  return { notBefore: new Date(now - 2 * HOUR_MS), notAfter: new Date(now + (expired ? -HOUR_MS : HOUR_MS)) };
}
