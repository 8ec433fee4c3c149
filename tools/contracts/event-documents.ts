import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { allEvents, type JsonSchema } from '@headwater/contracts';
import { asYaml, asyncApiDocument } from './asyncapi';
import { changed, type Stale } from './documents';
import { consumersIn } from './event-consumers';
import { eventSchema, nameOf } from './event-schema';
import { eventTable } from './event-table';
import { withSection } from './page-sections';

const EVENTS = join('docs', 'events');
const SCHEMAS = join(EVENTS, 'schemas');
const RELEASED = join(EVENTS, 'released');
const PAGE = join(EVENTS, 'README.md');

const asJson = (schema: JsonSchema): string => `${JSON.stringify(schema, null, 2)}\n`;
/** Nobody reads it: it is compared with. */
const onOneLine = (schema: JsonSchema): string => `${JSON.stringify(schema)}\n`;

/** Schemas by the event's name, `lead.scored.v1`. */
export type Schemas = Map<string, JsonSchema>;

export const presentSchemas = (): Schemas => new Map(allEvents().map((one) => [nameOf(one), eventSchema(one)]));

/** As of the last release. */
export const releasedSchemas = (repository: string): Schemas => new Map(jsonFilesIn(join(repository, RELEASED)).map((file) =>
  [file.replace(/\.json$/, ''), JSON.parse(readFileSync(join(repository, RELEASED, file), 'utf8')) as JsonSchema]));

/** What of the published documents isn't as the contracts are. */
export function staleDocuments(repository: string): Stale[] {
  const events = allEvents();
  const consumers = consumersIn(repository);
  const due = new Map([
    ...schemaFiles(SCHEMAS, presentSchemas()),
    [join(EVENTS, 'asyncapi.yaml'), asYaml(asyncApiDocument(events, consumers))],
    [PAGE, page(repository, eventTable(events, consumers))],
  ]);
  return [...changed(repository, due), ...superfluous(repository, SCHEMAS, due)];
}

function page(repository: string, table: string): string {
  const read = (path: string): string => readFileSync(join(repository, path), 'utf8');
  const consumer = `\`\`\`js\n${read(join(EVENTS, 'consumer.mjs')).trim()}\n\`\`\``;
  return withSection(withSection(read(PAGE), 'table', table), 'consumer.mjs', consumer);
}

/** What has to be written so that the present schemas are the released ones. What was released in an older version stays. */
export const toRelease = (repository: string): Stale[] => changed(repository, new Map(schemaFiles(RELEASED, presentSchemas(), onOneLine)));

const schemaFiles = (folder: string, schemas: Schemas, asText = asJson): [string, string][] =>
  [...schemas].map(([name, schema]) => [join(folder, `${name}.json`), asText(schema)]);

const superfluous = (repository: string, folder: string, due: Map<string, string>): Stale[] => jsonFilesIn(join(repository, folder))
  .map((file) => join(folder, file)).filter((path) => !due.has(path)).map((path) => ({ path, due: null }));

const jsonFilesIn = (folder: string): string[] =>
  (existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith('.json')).sort() : []);
