import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const SYSTEM_CONFIGURATION = '/etc/apt/apt.conf';
const MIRROR = '[signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] http://deb.debian.org/debian';

export interface DebianProgram {
  package: string;
  /** within the package */
  path: string;
  /** of Debian's, for what the system's own has only in an old version; the program must run with the system's libraries */
  suite?: string;
  /** packages of what it is linked with and not every machine has */
  libraries?: string[];
}

/**
 * Fetches a package of Debian's into `workshop` and unpacks it there: needs no root, and installs and changes nothing in the
 * system, whose package lists may be missing, old, or not ours to refresh.
 * @returns the path of the unpacked program
 */
export async function programFromDebian(program: DebianProgram, workshop: string, signal?: AbortSignal): Promise<string> {
  const env = { ...process.env, LC_ALL: 'C', APT_CONFIG: writeAptConfiguration(workshop, program.suite) };
  const update = await run('apt-get', ['--quiet', 'update'], { cwd: workshop, env, signal });
  await run('apt-get', ['--quiet', 'download', program.package, ...(program.libraries ?? [])], { cwd: workshop, env, signal }).catch((error: unknown) => {
    // An update that reached no mirror only warns; then the missing package is no more than its consequence.
    throw update.stderr ? new Error(update.stderr.trim(), { cause: error }) : error;
  });
  const fetched = readdirSync(workshop).filter((file) => file.endsWith('.deb'));
  if (fetched.length === 0) throw new Error('apt-get download left no package');
  for (const file of fetched) await run('dpkg-deb', ['--extract', file, 'package'], { cwd: workshop, signal });
  return join(workshop, 'package', program.path);
}

/**
 * Our directories in place of the system's. APT reads the file in APT_CONFIG first, apt.conf.d (with the proxies) next and
 * `Dir::Etc::Main` last: only from there the hooks that others registered for an update of the real lists can be cleared.
 */
function writeAptConfiguration(workshop: string, suite?: string): string {
  mkdirSync(join(workshop, 'lists', 'partial'), { recursive: true });
  mkdirSync(join(workshop, 'cache', 'archives', 'partial'), { recursive: true });
  const last = join(workshop, 'last.conf');
  writeFileSync(last, [
    existsSync(SYSTEM_CONFIGURATION) ? `#include "${SYSTEM_CONFIGURATION}";` : '',
    '#clear APT::Update::Pre-Invoke;',
    '#clear APT::Update::Post-Invoke;',
    '#clear APT::Update::Post-Invoke-Success;',
    `Dir::State::lists "${join(workshop, 'lists')}";`,
    `Dir::Cache "${join(workshop, 'cache')}";`,
    'APT::Sandbox::User "";',
    ...(suite ? onlyFrom(suite, workshop) : []),
    '',
  ].join('\n'));
  const first = join(workshop, 'first.conf');
  writeFileSync(first, `Dir::Etc::Main "${last}";\n`);
  return first;
}

/** Without what is installed: a package of the same name from elsewhere, which can't be fetched, may pass for a newer one. */
function onlyFrom(suite: string, workshop: string): string[] {
  const [sources, installed] = [join(workshop, 'sources.list'), join(workshop, 'status')];
  writeFileSync(sources, `deb ${MIRROR} ${suite} main\n`);
  writeFileSync(installed, '');
  return [`Dir::Etc::SourceList "${sources}";`, 'Dir::Etc::SourceParts "-";', `Dir::State::Status "${installed}";`];
}
