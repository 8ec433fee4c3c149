import { spawn } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

// Not import.meta.dirname: a Node too old for it must get as far as being told so.
const REPOSITORY = dirname(dirname(fileURLToPath(import.meta.url)));
const OLDEST_NODE = [20, 19];
const STILL_AT_IT_MS = 10_000;
/**
 * The versions of the lock file, without touching it. Not `npm ci`: that refuses a lock file which lacks an optional package
 * for some other platform, as one does that was written behind a mirror without it. `dev` has the compiler in it, which
 * NODE_ENV=production would leave out.
 */
const INSTALL = ['install', '--no-save', '--include=dev', '--no-audit', '--no-fund'];

/** What went wrong is for the user to put right: the message is all that is to be shown. */
export class SetUpError extends Error {}

/**
 * Makes a fresh clone ready to run: installs what is missing and builds what is stale. Uses nothing that isn't part of
 * Node, since nothing else is there yet.
 * @param {{ log: (line: string) => void }} options hears a line about everything that takes time
 * @throws {SetUpError} when Node is too old, or npm fails
 */
export async function setUp({ log }) {
  requireNode();
  if (isInstallStale()) await npm(INSTALL, { title: 'Dependencies', done: 'installed' }, log);
  await npm(['run', 'build'], { title: 'Build', done: 'up to date' }, log);
}

function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1])) return;
  throw new SetUpError(`Headwater needs Node ${OLDEST_NODE.join('.')} or newer; this is ${process.versions.node}.`);
}

/** npm writes its own copy of the lock file last, so an installation that was interrupted has none. */
function isInstallStale() {
  const installed = join(REPOSITORY, 'node_modules', '.package-lock.json');
  return !existsSync(installed) || statSync(installed).mtimeMs < statSync(join(REPOSITORY, 'package-lock.json')).mtimeMs;
}

/** Runs npm quietly: its output is of interest only when it fails. */
async function npm(args, { title, done }, log) {
  const since = Date.now();
  const command = `npm ${args.join(' ')}`;
  const tell = (mark, what) => log(`${mark} ${title.padEnd(16)}${what}  ${((Date.now() - since) / 1_000).toFixed(1)} s`);
  tell('…', command);
  const stillAtIt = setInterval(tell, STILL_AT_IT_MS, '…', 'still at it');
  try {
    const { code, output } = await runToEnd('npm', args);
    if (code !== 0) throw new SetUpError(`${output.trim()}\n\n${command} failed (${code}); what it says stands above.`);
    tell('✓', done);
  } finally {
    clearInterval(stillAtIt);
  }
}

/** In a process group of its own, so that ending it reaches everything that npm started. */
function runToEnd(command, args) {
  return new Promise((settle, fail) => {
    const child = spawn(command, args, {
      cwd: REPOSITORY, detached: true, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, TURBO_TELEMETRY_DISABLED: '1' },
    });
    const end = endWithUs(child);
    let output = '';
    child.stdout.on('data', (chunk) => { output += chunk; });
    child.stderr.on('data', (chunk) => { output += chunk; });
    child.once('error', (error) => { end(); fail(new SetUpError(`${command} can't be started: ${error.message}.`)); });
    child.once('close', (code, signal) => { end(); settle({ code: code ?? signal, output }); });
  });
}

const SIGNALS = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 };

/** Passes on what would end us, and then ends as the shell expects. Returns what takes the handlers away again. */
function endWithUs(child) {
  const onSignal = (signal) => {
    process.kill(-child.pid, 'SIGTERM');
    process.exit(128 + SIGNALS[signal]);
  };
  for (const signal of Object.keys(SIGNALS)) process.on(signal, onSignal);
  return () => { for (const signal of Object.keys(SIGNALS)) process.off(signal, onSignal); };
}
