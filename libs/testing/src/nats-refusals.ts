import { readFileSync } from 'node:fs';

/** What a nats-server refused its users, each once. @param log of the server */
export function natsRefusals(log: string): string[] {
  return [...new Set(readFileSync(log, 'utf8').match(/\w+ Violation - .*/g))];
}
