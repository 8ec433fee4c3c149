import { join } from 'node:path';
import { changed, type Stale } from './documents';

const FILE = join('docs', 'api', 'scoring-model.schema.json');

/**
 * What a scoring model must be like, as its service checks it.
 * @param folder of the service that holds what this process can run: `dist`, or for tests `src`
 */
export async function staleScoringSchema(repository: string, folder: 'dist' | 'src' = 'dist'): Promise<Stale[]> {
  const { MODEL_SCHEMA } = await import(require.resolve(join(repository, 'apps', 'scoring', folder, 'domain', 'check-model'))) as { MODEL_SCHEMA: object };
  return changed(repository, new Map([[FILE, `${JSON.stringify(MODEL_SCHEMA, null, 2)}\n`]]));
}
