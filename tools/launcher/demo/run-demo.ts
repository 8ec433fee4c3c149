import { ApiClient } from '../api-client';
import type { Secrets } from '../secrets';
import type { Terminal } from '../terminal';
import type { DemoDocuments } from './documents';
import { journeyLines } from './journey-table';
import { presentLeads, sendSampleLeads } from './journeys';
import { PATIENCE_MS, prepareDemo, type Demo } from './prepare-demo';

/** Prepares the demo, sends the sample leads when it has none, and shows what became of each. */
export async function runDemo(
  url: string, secrets: Secrets, documents: DemoDocuments, terminal: Terminal, signal: AbortSignal,
): Promise<Demo> {
  const { demo, isNew } = await terminal.step('Demo', (say) => prepareDemo({
    url, documents, signal, say,
    operatorToken: secrets.operator_token, jwtSecret: secrets.jwt_secret, knownKeys: secrets.demo ?? {},
  }), (prepared) => (prepared.isNew ? 'tenants, keys and rules are there' : 'as you left it'));

  const api = new ApiClient({ url, token: demo.api_key, signal, patienceMs: PATIENCE_MS });
  const journeys = isNew
    ? await terminal.step('Sample leads', (say) => sendSampleLeads(api, documents.sampleLeads, signal, say),
      ({ length }) => `${length} sent to the API`)
    : await terminal.step('Leads', () => presentLeads(api), ({ length }) => `the newest ${length}`);
  terminal.line();
  for (const line of journeyLines(journeys, terminal)) terminal.line(line);
  return demo;
}
