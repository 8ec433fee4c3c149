// npm test [-- <stage>… <what jest takes>…]: sets up, runs every check and test, and ends with `N passed, N failed`.
// `npm test -- unit` runs one stage, `npm test -- int apps/scoring` the integration tests of one service; `npm test -- --all`
// runs what takes longest, too: all of e2e behind pgbouncer, kills at each fault point, the pages of docs/operations, the Dockerfile's steps,
// and chaos.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { fileURLToPath } from 'node:url';
import { SetUpError, setUp } from './set-up.mjs';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));

/**
 * A stage without tests counts as one check. What is `cached` is run again only after a change of what it reads. `atOnce`: so many files
 * when all are run, where that is more than processors, because a third of their time is waiting.
 */
const STAGES = [
  { name: 'lint', about: 'ESLint', cached: true },
  { name: 'types', about: 'the types of sources and specs', cached: true },
  { name: 'boundaries', about: 'who may import whom', cached: true },
  { name: 'unit', about: 'unit tests', cached: true, tests: true },
  { name: 'int', about: 'integration tests on PostgreSQL and NATS', tests: true, atOnce: 3 },
  { name: 'e2e', about: 'end-to-end tests through every service', tests: true, options: ['--runInBand'] },
  {
    name: 'pgbouncer', about: 'the end-to-end tests once more, through pgbouncer in transaction mode', tests: true, project: 'e2e',
    options: ['--runInBand'], env: { HEADWATER_E2E_THROUGH: 'pgbouncer' }, onDemand: true,
  },
  { name: 'kills', about: 'services killed at each of their fault points', tests: true, onDemand: true },
  { name: 'ops', about: 'what docs/operations says, followed step by step', tests: true, options: ['--runInBand'], onDemand: true },
  { name: 'image', about: 'what the Dockerfile says, done step by step', tests: true, onDemand: true },
  { name: 'chaos', about: 'everything is killed while leads come in', onDemand: true },
];

const USAGE = `Usage: npm test [-- STAGE… WHAT-JEST-TAKES…]

Sets up, runs every check and test, and ends with "N passed, N failed".

${STAGES.map(({ name, about, onDemand }) => `  ${name.padEnd(12)}${about}${onDemand ? ' (when named, or with --all)' : ''}`).join('\n')}

  --all       every stage, as CI runs them
  --help      this text

npm test -- unit                           one stage
npm test -- int apps/scoring -t shuffled   the integration tests of one service that have a word in their name`;

/** Each counts as one check. The broken ones must be caught. */
const CHAOS_RUNS = [
  ['--leads', '500', '--outage', '10'],
  ...['no-inbox', 'no-outbox', 'ack-first', 'no-spool'].map((what) => ['--leads', '300', '--outage', '5', '--sabotage', what]),
];

let stopped = false;

/** A program of node_modules. */
const bin = (name) => join(ROOT, 'node_modules/.bin', name);

/** @param whenDone shows what the program says in one piece, at its end @returns the program's exit code */
function run(program, args, { variables = {}, whenDone = false } = {}) {
  const env = { ...process.env, TURBO_TELEMETRY_DISABLED: '1', ...(process.stdout.isTTY && { FORCE_COLOR: '1' }), ...variables };
  const child = spawn(program, args, { env, stdio: whenDone ? ['inherit', 'pipe', 'pipe'] : 'inherit' });
  const said = [];
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => said.push(chunk));
  const forward = (signal) => {
    stopped = true;
    child.kill(signal);
  };
  process.on('SIGINT', forward).on('SIGTERM', forward);
  return new Promise((resolve, reject) => child.on('error', reject).on('close', (code) => resolve(code ?? 1)))
    .finally(() => {
      process.off('SIGINT', forward).off('SIGTERM', forward);
      process.stdout.write(Buffer.concat(said));
    });
}

/** turbo gives back the result, and the files, of a task whose inputs it has seen before. */
const runCached = (task, args = [], options = {}) =>
  run(bin('turbo'), ['run', `//#${task}`, '--output-logs=new-only', '--log-prefix=none', '--', ...args], options);

async function runChaos() {
  const results = { passed: 0, failed: 0, skipped: 0 };
  for (const args of CHAOS_RUNS) {
    if (stopped) break;
    console.log(`\n   chaos ${args.join(' ')}`);
    const code = await run(process.execPath, [join(ROOT, 'tools/dist/chaos/main.js'), ...args]);
    results[code === 0 ? 'passed' : 'failed'] += 1;
  }
  return results;
}

async function runStage(stage, forJest) {
  if (stage.name === 'chaos') return runChaos();
  if (!stage.tests) {
    const passes = (await runCached(stage.name, [], { whenDone: true })) === 0;
    return { passed: passes ? 1 : 0, failed: passes ? 0 : 1, skipped: 0 };
  }
  const report = join('.cache', `${stage.name}.json`);
  rmSync(report, { force: true });
  const workers = stage.atOnce && forJest.length === 0 ? [`--maxWorkers=${stage.atOnce}`] : [];
  const options = ['--json', '--outputFile', report, ...(stage.options ?? []), ...workers, ...forJest];
  const code = stage.cached
    ? await runCached(stage.name, options)
    : await run(bin('jest'), ['--selectProjects', stage.project ?? stage.name, ...options], { variables: stage.env });
  return countTests(report, code);
}

/** So much of what a test failed with stands at the end, where thousands of lines are between it and the stage. */
const LINES_OF_FAILURE = 12;

function failuresIn({ testResults }) {
  const first = (message) => stripVTControlCharacters(message).split('\n').slice(0, LINES_OF_FAILURE).join('\n  ');
  return testResults.flatMap(({ name, status, message, assertionResults }) => {
    const file = relative(ROOT, name);
    const failed = assertionResults.filter((test) => test.status === 'failed');
    if (status === 'failed' && failed.length === 0) return [`${file}\n  ${first(message)}`];
    return failed.map(({ fullName, failureMessages }) => `${file}: ${fullName}\n  ${first(failureMessages.join('\n'))}`);
  });
}

/** A suite that doesn't load is one failure, and so is a jest that fails with nothing else to blame. */
function countTests(report, code) {
  if (!existsSync(report)) return { passed: 0, failed: code === 0 ? 0 : 1, skipped: 0 };
  const counts = JSON.parse(readFileSync(report, 'utf8'));
  const failed = counts.numFailedTests + counts.numRuntimeErrorTestSuites;
  return {
    passed: counts.numPassedTests,
    failed: failed === 0 && code !== 0 ? 1 : failed,
    skipped: counts.numPendingTests + counts.numTodoTests,
    failures: failuresIn(counts),
  };
}

/** Stage names choose the stages; with other words, which go to jest, the default is every stage of tests. */
function choose(words) {
  if (words.includes('--all')) return { stages: STAGES, forJest: [] };
  const names = STAGES.map(({ name }) => name);
  const chosen = words.filter((word) => names.includes(word));
  const forJest = words.filter((word) => !names.includes(word));
  const isChosen = ({ name, tests, onDemand }) => (chosen.length > 0 ? chosen.includes(name) : !onDemand && (tests || forJest.length === 0));
  return { stages: STAGES.filter(isChosen), forJest: forJest.length > 0 ? [...forJest, '--passWithNoTests'] : [] };
}

async function runTold(stage, forJest) {
  console.log(`\n── ${stage.name}: ${stage.about}`);
  const start = performance.now();
  const result = await runStage(stage, forJest);
  const seconds = (performance.now() - start) / 1000;
  console.log(`── ${stage.name}: ${counted(result)} in ${seconds.toFixed(1)} s`);
  return { ...result, seconds, name: stage.name };
}

const counted = ({ passed, failed, skipped }) =>
  `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;

const total = (results) => ({
  passed: results.reduce((sum, { passed }) => sum + passed, 0),
  failed: results.reduce((sum, { failed }) => sum + failed, 0),
  skipped: results.reduce((sum, { skipped }) => sum + skipped, 0),
});

/** Whether there is something to test; what keeps it from being so is told. */
async function isSetUp() {
  try {
    await setUp({ log: console.log });
    return true;
  } catch (error) {
    console.error(error instanceof SetUpError ? error.message : error);
    return false;
  }
}

async function main() {
  if (process.argv.includes('--help')) {
    console.log(USAGE);
    return 0;
  }
  const { stages, forJest } = choose(process.argv.slice(2));
  if (!await isSetUp()) {
    console.log(counted({ passed: 0, failed: 1, skipped: 0 }));
    return 1;
  }
  process.chdir(ROOT);
  mkdirSync('.cache', { recursive: true });

  const isCheck = ({ tests, name }) => !tests && name !== 'chaos';
  // Each check keeps one processor busy; the tests are many processes, and some of them look at the clock.
  const results = await Promise.all(stages.filter(isCheck).map((stage) => runTold(stage, forJest)));
  for (const stage of stages.filter((one) => !isCheck(one))) {
    if (stopped) break;
    results.push(await runTold(stage, forJest));
  }

  for (const failure of results.flatMap(({ failures = [] }) => failures)) console.log(`\n✗ ${failure}`);
  console.log('');
  for (const result of results) {
    console.log(`${result.name.padEnd(12)}${result.seconds.toFixed(1).padStart(7)} s   ${counted(result)}`);
  }
  const all = total(results);
  console.log(counted(all));
  return all.failed === 0 && all.passed > 0 && !stopped ? 0 : 1;
}

process.exitCode = await main();
