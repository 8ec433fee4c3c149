import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import type { Answers } from './run-load';
import { bodyOf } from './people';

/**
 * Posts leads, each of another person, for some seconds, and prints what came of them. A process of its own; load.lua does the
 * same with wrk. `node load.js URL TEMPLATES FIRST_PERSON SECONDS TOKEN CLIENTS`
 */
const [url, file, first, seconds, token, clients] = process.argv.slice(2) as [string, string, string, string, string, string];
const templates = readFileSync(file, 'utf8').split('\n');
const agent = new Agent({ keepAlive: true, maxSockets: Number(clients) });
const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
const clock = (): number => performance.timeOrigin + performance.now();
const started = clock();
const answers: Answers = { sent: 0, statuses: {}, started, ended: started, cpu_s: 0, latencies: [] };

function post(body: string): Promise<string> {
  return new Promise((resolve) => {
    const length = { 'content-length': Buffer.byteLength(body) };
    request(url, { method: 'POST', agent, headers: { ...headers, ...length } }, (response) => {
      response.resume().once('end', () => resolve(String(response.statusCode)));
    }).once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.name)).end(body);
  });
}

/** When the time is over nothing more is begun, but everything that was begun is awaited. */
async function client(): Promise<void> {
  while (clock() - started < Number(seconds) * 1_000) {
    const body = bodyOf(templates, Number(first) + answers.sent);
    answers.sent += 1;
    const begun = clock();
    const status = await post(body);
    answers.ended = clock();
    answers.statuses[status] = (answers.statuses[status] ?? 0) + 1;
    if (status === '201') answers.latencies.push(answers.ended - begun);
  }
}

void Promise.all(Array.from({ length: Number(clients) }, client)).then(() => {
  const { user, system } = process.cpuUsage();
  process.stdout.write(`${JSON.stringify({ ...answers, cpu_s: (user + system) / 1e6 })}\n`);
  agent.destroy();
});
