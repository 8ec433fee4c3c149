import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** As published with the release: version and sums stand together in nats-io/nats-docker, 2.10.x/alpine3.22/Dockerfile. */
const VERSION = '2.10.29';
const SHA256: Readonly<Record<string, string>> = {
  'linux-amd64': 'e314da74a83a1d3876db8814c27eb990fe729640fd6452025b441bcede8390da',
  'linux-arm64': 'da4b27942ecfb4c5f0c54553d2e7f470ddda9d7581cfe8131b351a0e223ed401',
};
const RELEASES = 'https://github.com/nats-io/nats-server/releases/download';
const DOWNLOAD_TIMEOUT_MS = 180_000;

/**
 * Downloads the official release into `workshop`, and unpacks it only when its sum is the one that is written down here.
 * @returns the path of the unpacked binary
 */
export async function natsFromRelease(workshop: string, signal?: AbortSignal, releases = RELEASES): Promise<string> {
  const platform = `${process.platform}-${process.arch === 'x64' ? 'amd64' : process.arch}`;
  const expected = SHA256[platform];
  if (!expected) throw new Error(`no release is known for ${platform}`);
  const name = `nats-server-v${VERSION}-${platform}`;
  const archive = await download(`${releases}/v${VERSION}/${name}.tar.gz`, signal);
  const sum = createHash('sha256').update(archive).digest('hex');
  if (sum !== expected) throw new Error(`${name}.tar.gz has the SHA-256 ${sum}, not ${expected}`);
  writeFileSync(join(workshop, 'release.tar.gz'), archive);
  await run('tar', ['-xzf', 'release.tar.gz'], { cwd: workshop, signal });
  return join(workshop, name, 'nats-server');
}

async function download(url: string, signal?: AbortSignal): Promise<Buffer> {
  const limit = AbortSignal.timeout(DOWNLOAD_TIMEOUT_MS);
  const answer = await fetch(url, { signal: signal ? AbortSignal.any([signal, limit]) : limit });
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}`);
  return Buffer.from(await answer.arrayBuffer());
}
