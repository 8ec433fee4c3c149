import { ROLE_SCOPES, TENANT_ROLES, type Actor, type Role, type Scope, type TenantSettings } from '@headwater/contracts';

/** Who sent a request, and what they may do. */
export interface Caller {
  actor: Actor;
  /** null for the operator, who belongs to none */
  tenant: TenantSettings | null;
  scopes: Scope[];
}

declare module 'fastify' {
  interface FastifyRequest {
    /** set before the body is read, on every route that isn't open */
    caller: Caller | null;
  }
  interface FastifyContextConfig {
    /** the scope that a caller needs here */
    requires?: Scope;
    /** reads what stands behind the `?` */
    takesParameters?: boolean;
    /** reads a body; elsewhere one is refused that has something in it */
    takesBody?: boolean;
    /** how long its body may be, where that is more than of other routes */
    mostBytes?: number;
    /** reads its body itself, while it comes */
    takesFile?: boolean;
    /** gets its body as the bytes that came */
    takesBytes?: boolean;
    /** takes a list of bodies, each inspected by itself: so many bytes together */
    listBytes?: number;
    /** its body may be a table, as `text/csv` */
    takesCsv?: boolean;
  }
}

/** The scopes of several roles together; roles that a tenant can't give, `operator` above all, count for nothing. */
export function scopesOf(roles: readonly unknown[]): Scope[] {
  const known = TENANT_ROLES.filter((role) => roles.includes(role));
  return [...new Set(known.flatMap((role): readonly Scope[] => ROLE_SCOPES[role]))];
}

/** The same for the one role that a key has: known beforehand, as it is asked with every request. */
export const SCOPES_OF_KEY: Readonly<Record<string, Scope[]>> = Object.fromEntries(TENANT_ROLES.map((role) => [role, scopesOf([role])]));

/** Whoever may only send leads in learns nothing of what is there. */
export const isAnonymous = ({ scopes }: Pick<Caller, 'scopes'>): boolean => !scopes.includes('leads:read');

/** A key with the role `guest` is a public form's: it is no secret, so it is nobody's. */
export const actorOfKey = ({ id, name, role }: { id: number; name: string; role: Role }): Actor =>
  ({ kind: role === 'guest' ? 'form' : 'api_key', id: String(id), name });
