import { createHash } from 'node:crypto';
import type { ConnectorSettings, InboundRequest, Verification } from './connector';
import { all, expectRecent, expectSignature, expectToken, hmac, refused, TOKEN_SECRET } from './signatures';

export const HUBSPOT_SECRETS = {
  client_secret: { required: false, description: "client secret of the HubSpot app; what carries HubSpot's signature is checked against it" },
  ...TOKEN_SECRET,
  access_token: { required: false, description: 'of a private app that may read contacts: fetches those that a webhook only names' },
} as const;

export const HUBSPOT_SOURCE = { base_url: 'https://api.hubapi.com', secret: 'access_token' } as const;

const DECODED: Readonly<Record<string, string>> = {
  '%3A': ':', '%2F': '/', '%3F': '?', '%40': '@', '%21': '!', '%24': '$', '%27': "'", '%28': '(', '%29': ')', '%2A': '*', '%2C': ',', '%3B': ';',
};
/** HubSpot signs the address with these characters as themselves. */
const asSigned = (url: string): string => url.replace(/%(3A|2F|3F|40|21|24|27|28|29|2A|2C|3B)/gi, (code) => DECODED[code.toUpperCase()]);

/**
 * HubSpot signs in three ways: v1 the body, v2 method, address and body, v3 these with the time. Form submissions carry none:
 * they are known by a token, if one was set up.
 */
export function verifyHubspot(request: InboundRequest, { secrets }: ConnectorSettings, now: number): Verification {
  const { headers } = request;
  const isSigned = headers['x-hubspot-signature-v3'] !== undefined || headers['x-hubspot-signature'] !== undefined;
  if (secrets.client_secret && (isSigned || !secrets.token)) return verifySignature(request, secrets.client_secret, now);
  return expectToken(request, secrets.token);
}

function verifySignature({ method, urls, headers, bytes }: InboundRequest, secret: string, now: number): Verification {
  const v3 = headers['x-hubspot-signature-v3'];
  if (v3 !== undefined) {
    const time = headers['x-hubspot-request-timestamp'] ?? '';
    if (!time) return refused('The header X-HubSpot-Request-Timestamp is missing');
    return all(
      () => expectSignature('X-HubSpot-Signature-v3', v3, urls.flatMap((url) => [url, asSigned(url)])
        .map((url) => hmac('sha256', secret, 'base64', method, url, bytes, time))),
      () => expectRecent(Number(time) / 1_000, now),
    );
  }
  const sha256 = (...parts: (string | Buffer)[]): string => {
    const hash = createHash('sha256');
    for (const part of parts) hash.update(part);
    return hash.digest('hex');
  };
  const right = headers['x-hubspot-signature-version'] === 'v2'
    ? urls.map((url) => sha256(secret, method, url, bytes))
    : [sha256(secret, bytes)];
  return expectSignature('X-HubSpot-Signature', headers['x-hubspot-signature'], right);
}
