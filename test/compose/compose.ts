import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

export const REPOSITORY = join(__dirname, '../..');

/** What a container is said to be in docker-compose.yml, as far as tests ask. */
export interface Container {
  image: string;
  build?: { context: string; dockerfile: string; args: Record<string, string> };
  command?: string[];
  entrypoint?: string[];
  /** null is passed on from the shell */
  environment?: Record<string, string | null>;
  secrets?: (string | { source: string; target: string })[];
  depends_on?: Record<string, { condition: string }>;
  volumes?: string[];
  ports?: string[];
  mem_limit?: string;
  stop_grace_period?: string;
  cap_add?: string[];
  [key: string]: unknown;
}

export interface Compose {
  services: Record<string, Container>;
  secrets: Record<string, { file: string }>;
  volumes: Record<string, unknown>;
}

/** @returns docker-compose.yml, its anchors resolved */
export const readCompose = (): Compose =>
  parse(readFileSync(join(REPOSITORY, 'docker-compose.yml'), 'utf8'), { merge: true }) as Compose;

/** Puts the defaults of `${NAME:-default}` in, as they hold without an .env file. */
export const withDefaults = (text: string): string => text.replace(/\$\{\w+:-([^}]*)\}/g, '$1');

/** A container's secrets: where each lies in it, and which it is. */
export const secretsOf = ({ secrets = [] }: Container): Record<string, string> => Object.fromEntries(secrets.map((secret) => {
  const { source, target } = typeof secret === 'string' ? { source: secret, target: secret } : secret;
  return [`/run/secrets/${target}`, source];
}));
