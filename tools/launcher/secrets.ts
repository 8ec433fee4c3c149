import { randomBytes } from 'node:crypto';
import { SERVICES, type Service } from '@headwater/contracts';
import { NATS_USERS } from '@headwater/embedded';
import { readJsonFile, writeJsonFile } from './json-file';

type NatsUser = Service | (typeof NATS_USERS)[number];

/** What one installation must keep for itself. Made once: the data was made with them, and people note the keys down. */
export interface Secrets {
  /** of PostgreSQL's superuser */
  postgres_password: string;
  /** of each service's role in PostgreSQL */
  database_passwords: Record<Service, string>;
  /** of each user of NATS */
  nats_passwords: Record<NatsUser, string>;
  /** signs the tokens of users (HS256) */
  jwt_secret: string;
  /** lets the operator manage tenants and keys */
  operator_token: string;
  /** seals the secrets that tenants entrust to us */
  sealing_key: string;
  /** as soon as the demo tenants have them */
  demo?: DemoKeys;
}

export interface DemoKeys {
  api_key: string;
  form_key: string;
  other_tenant_api_key: string;
}

const KEY_BYTES = 32;

export function loadSecrets(path: string): Secrets {
  const known = readJsonFile<Partial<Secrets>>(path) ?? {};
  const secrets: Secrets = {
    postgres_password: known.postgres_password ?? random(),
    database_passwords: passwordsOf(SERVICES, known.database_passwords),
    nats_passwords: passwordsOf([...SERVICES, ...NATS_USERS], known.nats_passwords),
    jwt_secret: known.jwt_secret ?? random(),
    operator_token: known.operator_token ?? random(),
    sealing_key: known.sealing_key ?? random(),
    demo: known.demo,
  };
  writeJsonFile(path, secrets);
  return secrets;
}

/** So that the next start hands out the same keys. */
export function keepDemoKeys(path: string, secrets: Secrets, { api_key, form_key, other_tenant_api_key }: DemoKeys): void {
  writeJsonFile(path, { ...secrets, demo: { api_key, form_key, other_tenant_api_key } } satisfies Secrets);
}

/** Those that are known, and new ones for who is new. */
function passwordsOf<Name extends string>(names: readonly Name[], known: Partial<Record<Name, string>> = {}): Record<Name, string> {
  return Object.fromEntries(names.map((name) => [name, known[name] ?? random()])) as Record<Name, string>;
}

function random(): string {
  return randomBytes(KEY_BYTES).toString('base64url');
}
