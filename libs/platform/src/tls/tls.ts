import type { Material } from '../config/material';

export interface TlsMaterial { ca?: Material; cert?: Material; key?: Material }

/** Options of `tls.connect`, read anew whenever a connection is made: what rotates is used from the next one on. */
export interface TlsOptions { readonly ca?: string; readonly cert?: string; readonly key?: string }

/** @returns undefined when none of it is given: whether there is TLS is then said by the address */
export function tlsOptions({ ca, cert, key }: TlsMaterial): TlsOptions | undefined {
  if (!ca && !cert) return undefined;
  const options: TlsOptions = {};
  for (const [name, text] of Object.entries({ ca, cert, key })) {
    // Configurable, because pg hides the key from whoever prints the options.
    if (text) Object.defineProperty(options, name, { get: () => text.read(), enumerable: true, configurable: true });
  }
  return options;
}

const UNKNOWN_CA = new Set([
  'DEPTH_ZERO_SELF_SIGNED_CERT', 'SELF_SIGNED_CERT_IN_CHAIN', 'UNABLE_TO_GET_ISSUER_CERT', 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'CERT_SIGNATURE_FAILURE', 'CERT_UNTRUSTED', 'INVALID_CA', 'INVALID_PURPOSE',
]);

/**
 * Why TLS with a server doesn't come about, as the rest of a sentence about that server.
 * @param prefix of the variables that say how: `NATS`
 * @returns undefined for what isn't about certificates
 */
export function whyTlsFails(error: unknown, prefix: string): string | undefined {
  const { code = '', host, cert } = error as { code?: string; host?: string; cert?: { subjectaltname?: string; subject?: { CN?: string } } };
  if (UNKNOWN_CA.has(code)) return `its certificate is of a CA that ${prefix}_CA does not hold`;
  if (code === 'CERT_HAS_EXPIRED') return 'its certificate has expired';
  if (code === 'CERT_NOT_YET_VALID') return 'its certificate is not valid yet';
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') return `its certificate is not for ${host}, but for ${cert?.subjectaltname ?? cert?.subject?.CN}`;
  if (code === 'ERR_OSSL_X509_KEY_VALUES_MISMATCH') return `${prefix}_KEY is not the key of ${prefix}_CERT`;
  if (/^ERR_SSL_.*ALERT/.test(code)) return `it refuses our certificate, or wants one: see ${prefix}_CERT (${code})`;
  return undefined;
}
