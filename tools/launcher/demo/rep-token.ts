import { SignJWT } from 'jose';
import type { Rep } from './documents';

/** A token as an identity provider would issue it to a rep: how the API looks to a person, beside the key of a system. */
export function signRepToken(rep: Rep, tenant: string, secret: string): Promise<string> {
  return new SignJWT({ tenant, roles: ['rep'], name: rep.name, email: rep.email })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setSubject(rep.user_id)
    .setIssuer('headwater')
    .setIssuedAt()
    .setExpirationTime('30d')
    .sign(new TextEncoder().encode(secret));
}
