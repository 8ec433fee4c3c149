import { Agent, request } from 'node:http';
import type { Step } from './ask-commands';

/**
 * Takes one lead after the other through the steps of a script, from each of so many clients, and prints what came of it. A process of its own.
 * `node command-load.js URL TOKEN CLIENTS SECONDS STEPS FIRST COUNT`: `{n}` in a step's path is FIRST, FIRST + 1, …, a lead each.
 */
const [url, token, clients, seconds, script, first, count] = process.argv.slice(2) as [string, string, string, string, string, string, string];
const steps = JSON.parse(script) as Step[];
const agent = new Agent({ keepAlive: true, maxSockets: Number(clients) });
const clock = (): number => performance.timeOrigin + performance.now();
const started = clock();
const answers = { started, ended: started, leads: 0, latencies: steps.map((): number[] => []), refused: {} as Record<string, number>, refusal: '' };

function ask({ method, path, body }: Step, lead: number): Promise<{ status: string; text: string }> {
  const content = JSON.stringify(body);
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'content-length': Buffer.byteLength(content) };
  return new Promise((resolve) => {
    request(`${url}${path.replace('{n}', String(lead))}`, { method, agent, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk)).once('end', () => resolve({ status: String(response.statusCode), text: Buffer.concat(chunks).toString() }));
    }).once('error', (error: NodeJS.ErrnoException) => resolve({ status: error.code ?? error.name, text: error.message })).end(content);
  });
}

/** When the time is over no lead is begun any more; each that was begun goes through all steps. */
async function client(): Promise<void> {
  while (clock() - started < Number(seconds) * 1_000 && answers.leads < Number(count)) {
    const lead = Number(first) + answers.leads++;
    for (const [i, step] of steps.entries()) {
      const begun = clock();
      const { status, text } = await ask(step, lead);
      answers.ended = clock();
      if (status.startsWith('2')) answers.latencies[i]!.push(answers.ended - begun);
      else {
        answers.refused[status] = (answers.refused[status] ?? 0) + 1;
        answers.refusal ||= `${step.path}: ${text.slice(0, 300)}`;
      }
    }
  }
}

void Promise.all(Array.from({ length: Number(clients) }, client)).then(() => {
  process.stdout.write(`${JSON.stringify(answers)}\n`);
  agent.destroy();
});
