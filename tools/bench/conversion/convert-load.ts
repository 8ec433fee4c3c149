import { Agent, request } from 'node:http';

/**
 * Sends one request after the other from each of so many clients, and prints what came of them. A process of its own.
 * `node convert-load.js URL TOKEN CLIENTS SECONDS METHOD BODY FIRST COUNT`: `{n}` in URL is FIRST, FIRST + 1, …, each once, until they are
 * used up or the time is over; `{q}` is one of the texts that BODY lists, in turns, where METHOD is GET.
 */
const [url, token, clients, seconds, method, body, first, count] = process.argv.slice(2) as [string, string, string, string, string, string, string, string];
const agent = new Agent({ keepAlive: true, maxSockets: Number(clients) });
const texts = method === 'GET' ? JSON.parse(body) as string[] : [];
const clock = (): number => performance.timeOrigin + performance.now();
const started = clock();
const answers = { sent: 0, statuses: {} as Record<string, number>, started, ended: started, latencies: [] as number[], refusal: '' };

function ask(address: string): Promise<{ status: string; text: string }> {
  const headers = { authorization: `Bearer ${token}`, ...(method === 'GET' ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }) };
  return new Promise((resolve) => {
    request(address, { method, agent, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk)).once('end', () => resolve({ status: String(response.statusCode), text: Buffer.concat(chunks).toString() }));
    }).once('error', (error: NodeJS.ErrnoException) => resolve({ status: error.code ?? error.name, text: error.message })).end(method === 'GET' ? '' : body);
  });
}

/** When the time is over nothing more is begun, but everything that was begun is awaited. */
async function client(): Promise<void> {
  while (clock() - started < Number(seconds) * 1_000 && answers.sent < Number(count)) {
    const number = answers.sent++;
    const address = url.replace('{n}', String(Number(first) + number)).replace('{q}', () => encodeURIComponent(texts[number % texts.length]!));
    const begun = clock();
    const { status, text } = await ask(address);
    answers.ended = clock();
    answers.statuses[status] = (answers.statuses[status] ?? 0) + 1;
    if (status === '200') answers.latencies.push(answers.ended - begun);
    else answers.refusal ||= text.slice(0, 300);
  }
}

void Promise.all(Array.from({ length: Number(clients) }, client)).then(() => {
  process.stdout.write(`${JSON.stringify(answers)}\n`);
  agent.destroy();
});
