import type { Home } from './home';
import type { Terminal } from './terminal';

const SAMPLE = { first_name: 'Ada', last_name: 'Moreau', email: 'ada@northwind.example', company_name: 'Northwind' };

/** The last thing that a start says: where everything is, and a first request to try. */
export function welcome(url: string, apiKey: string | null, home: Home, terminal: Terminal): void {
  const facts: [string, string][] = [
    ['API', url],
    ['Docs', `${url}/docs`],
    ['OpenAPI', `${url}/openapi.json`],
    ...(apiKey ? [['API key', apiKey] satisfies [string, string]] : []),
    ['For tools', home.run],
    ['Logs', home.log('*')],
  ];
  terminal.line();
  terminal.line(`  ${terminal.emphasize(['bold', 'green'], 'Headwater is ready')}`);
  terminal.line();
  for (const [name, value] of facts) terminal.line(`  ${terminal.emphasize('dim', name.padEnd(11))}${value}`);
  terminal.line();
  for (const line of apiKey ? firstRequest(url, apiKey) : firstTenant(process.env.HEADWATER_HOME ? `HEADWATER_HOME=${home.directory} ` : '')) terminal.line(line && `  ${line}`);
  terminal.line();
  terminal.line(terminal.emphasize('dim', '  Ctrl-C stops everything; the data stays for the next start.'));
  terminal.line();
}

/** Broken into lines that still run when copied in one piece. */
function firstRequest(url: string, apiKey: string): string[] {
  return [
    'Send a lead:',
    '',
    `curl -X POST ${url}/api/v1/crm/leads \\`,
    `  -H 'Authorization: Bearer ${apiKey}' \\`,
    "  -H 'Content-Type: application/json' \\",
    `  -d '${JSON.stringify(SAMPLE)}'`,
  ];
}

/** @param env what another terminal doesn't have of this one */
const firstTenant = (env: string): string[] => [
  'Make a tenant and its first key, in another terminal:',
  '',
  `${env}npm run admin -- tenant:create acme --name Acme --currency EUR --time-zone Europe/Berlin`,
  `${env}npm run admin -- key:create acme --role admin`,
];
