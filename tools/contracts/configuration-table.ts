import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SERVICES } from '@headwater/contracts';
import { isMaterial, serviceVariables, type Specs } from '@headwater/platform';
import { changed, type Stale } from './documents';
import { withSection } from './page-sections';

const PAGE = join('docs', 'configuration.md');

/** A service's own variables stand in `apps/<service>/src/<service>.config.ts`, exported as `<service>Variables`. */
type ConfigModule = Record<`${string}Variables`, Specs | undefined>;

/** @param folder see `configurationTable` */
export async function staleConfiguration(repository: string, folder: 'dist' | 'src' = 'dist'): Promise<Stale[]> {
  const page = readFileSync(join(repository, PAGE), 'utf8');
  return changed(repository, new Map([[PAGE, withSection(page, 'variables', await configurationTable(repository, folder))]]));
}

/**
 * What every service reads, and what one of them reads besides, as a table in Markdown.
 * @param folder of the services that holds what this process can run: `dist`, or for tests `src`
 */
export async function configurationTable(repository: string, folder: 'dist' | 'src'): Promise<string> {
  const rows = rowsOf('every', serviceVariables);
  for (const service of SERVICES) rows.push(...rowsOf(service, await variablesOf(repository, service, folder)));
  return [
    ['variable', 'what it expects', 'default', 'secret', 'service'], ['---', '---', '---', '---', '---'], ...rows,
  ].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

async function variablesOf(repository: string, service: string, folder: string): Promise<Specs> {
  if (!existsSync(join(repository, 'apps', service, 'src', `${service}.config.ts`))) return {};
  const module = await import(require.resolve(join(repository, 'apps', service, folder, `${service}.config`))) as ConfigModule;
  const variables = module[`${service}Variables`];
  if (!variables) throw new Error(`apps/${service}/src/${service}.config.ts exports no ${service}Variables`);
  return variables;
}

function rowsOf(service: string, specs: Specs): string[][] {
  return Object.entries(specs).map(([name, spec]) => [
    isMaterial(spec) ? `\`${name}\`, \`${name}_FILE\`` : `\`${name}\``,
    cell(spec.choices ? `${spec.desc}: ${spec.choices.join(', ')}` : spec.desc ?? ''),
    defaultOf(spec),
    isMaterial(spec) && spec.isSecret ? 'yes' : '',
    service,
  ]);
}

function defaultOf(spec: Specs[string]): string {
  if (!('default' in spec)) return '**required**';
  return spec.default === undefined ? '' : `\`${String(spec.default)}\``;
}

const cell = (text: string): string => text.replaceAll('|', '\\|');
