import { Inject, Injectable } from '@nestjs/common';
import { ROLE_SCOPES } from '@headwater/contracts';
import type { Material } from '@headwater/platform';
import { GATEWAY_CONFIG, secretsIn, type GatewayConfig } from '../gateway.config';
import { hashOfKey, KEY_PREFIX } from './api-key';
import { actorOfKey, SCOPES_OF_KEY, scopesOf, type Caller } from './caller';
import { Directory } from './directory';
import { sameSecret, tokenVerifier, unauthenticated, type TokenVerifier } from './tokens';

const BEARER = /^Bearer +([\x21-\x7e]{1,8192})$/i;

/** After this long a secret that was rotated is used; a look at its file at every request would be too many. */
const MAX_AGE_MS = 1_000;
const inUse = (secrets: Material): string[] => secretsIn(secrets.read(MAX_AGE_MS));

/** Finds out who sends a request: an API key, a signed token, or the operator's token. */
@Injectable()
export class Authenticate {
  private readonly verifyToken: TokenVerifier;

  constructor(@Inject(GATEWAY_CONFIG) private readonly config: GatewayConfig, private readonly directory: Directory) {
    const { JWT_SECRET, JWKS_URL } = config;
    this.verifyToken = tokenVerifier({ jwksUrl: JWKS_URL, ...(JWT_SECRET ? { secrets: () => inUse(JWT_SECRET) } : {}) });
  }

  /** @throws DomainError `unauthenticated`; `unavailable` when it can't be told now */
  async caller(authorization: string | undefined): Promise<Caller> {
    if (!authorization) throw unauthenticated('Send a token or an API key as Authorization: Bearer …');
    const credential = BEARER.exec(authorization)?.[1];
    if (!credential) throw unauthenticated('The Authorization header is not of the form Bearer …');
    if (credential.startsWith(KEY_PREFIX)) return this.callerOfKey(credential);
    const { OPERATOR_TOKEN } = this.config;
    if (OPERATOR_TOKEN && inUse(OPERATOR_TOKEN).some((token) => sameSecret(credential, token))) return operator;
    return this.callerOfToken(credential);
  }

  private async callerOfKey(text: string): Promise<Caller> {
    const key = await this.directory.findKey(hashOfKey(text));
    const tenant = key && await this.directory.findTenant(key.tenant_id);
    if (!key || !tenant) throw unauthenticated('The API key is not known, or was revoked');
    return { actor: actorOfKey(key), tenant, scopes: SCOPES_OF_KEY[key.role] ?? [] };
  }

  private async callerOfToken(text: string): Promise<Caller> {
    const { sub, tenant: id, roles, name, email } = await this.verifyToken(text);
    const tenant = await this.directory.findTenant(id);
    if (!tenant) throw unauthenticated('The token is of a tenant that is not known here');
    return {
      actor: { kind: 'user', id: sub, ...(name ? { name } : {}), ...(email ? { email } : {}) },
      tenant,
      scopes: scopesOf(roles),
    };
  }
}

const operator: Caller = { actor: { kind: 'system', id: 'operator', name: 'Operator' }, tenant: null, scopes: [...ROLE_SCOPES.operator] };
