import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT, type Build } from './installation';

/** The commit that the release before this one was made from. */
export const PREVIOUS_RELEASE = readFileSync(join(ROOT, 'deploy/previous-release'), 'utf8').trim();

/** Why the previous release can't be had here; undefined when it can. A shallow clone doesn't have it. */
export function whyNoPreviousRelease(): string | undefined {
  const { status } = spawnSync('git', ['cat-file', '-e', `${PREVIOUS_RELEASE}^{commit}`], { cwd: ROOT });
  return status === 0 ? undefined : `this checkout lacks the commit ${PREVIOUS_RELEASE}: run git fetch --unshallow`;
}

/** The versions of its own lock file, for running what is there already. */
const INSTALL = ['install', '--no-save', '--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline'];

/** Its sources in a folder of their own, run as other tests run ours; its libraries are installed when they aren't those of today. */
export function previousBuild(): { directory: string; build: Build } {
  const directory = mkdtempSync(join(tmpdir(), 'headwater-previous-'));
  const archive = execFileSync('git', ['archive', PREVIOUS_RELEASE, 'apps', 'libs', 'tools', 'jest.config.cjs', 'package.json', 'package-lock.json'], {
    cwd: ROOT, maxBuffer: 256 * 1024 * 1024,
  });
  execFileSync('tar', ['--extract', '--directory', directory], { input: archive });
  const lockIn = (root: string) => readFileSync(join(root, 'package-lock.json'), 'utf8');
  if (lockIn(directory) === lockIn(ROOT)) symlinkSync(join(ROOT, 'node_modules'), join(directory, 'node_modules'));
  else execFileSync('npm', INSTALL, { cwd: directory, stdio: 'ignore' });
  const compile = join(directory, 'libs/testing/compile-sources.cjs');
  return { directory, build: (service) => ['--require', compile, join(directory, 'apps', service, 'src/main.ts')] };
}
