import { natsLogin } from '@headwater/embedded';
import { homeAt } from '../launcher/home';
import { readJsonFile } from '../launcher/json-file';
import type { RunFacts } from '../launcher/run-file';
import { RunError } from '../instance/run-error';

export type NatsAddress = Omit<ReturnType<typeof natsLogin>, 'servers'> & { servers: string[] };

/**
 * The servers that NATS_URL names, else those of the instance that runs in the home; user and password by NATS_USER and
 * NATS_PASSWORD, else as the URL has them.
 * @throws RunError when there is neither
 */
export function whereNatsIs({ NATS_URL, NATS_USER, NATS_PASSWORD }: NodeJS.ProcessEnv, home: string): NatsAddress {
  const { run } = homeAt(home);
  const urls = NATS_URL || readJsonFile<RunFacts>(run)?.nats_url;
  if (!urls) throw new RunError(`Headwater isn't running here (no ${run}): run npm start, or set NATS_URL`);
  const servers = urls.split(',').map(readUrl);
  const [first] = servers as [URL];
  if (NATS_USER) Object.assign(first, { username: encodeURIComponent(NATS_USER), password: encodeURIComponent(NATS_PASSWORD ?? '') });
  return { ...natsLogin(first.href), servers: servers.map(({ host }) => host) };
}

function readUrl(text: string): URL {
  const address = text.includes('://') ? text : `nats://${text}`;
  if (!URL.canParse(address) || !new URL(address).host) throw new RunError('NATS_URL takes addresses like nats://127.0.0.1:4222');
  return new URL(address);
}
