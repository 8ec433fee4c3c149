import { resolve } from 'node:path';
import { staleScoringSchema } from './scoring-schema';

test('docs/api/scoring-model.schema.json is what scoring checks: run `npm run contracts`', async () => {
  expect(await staleScoringSchema(resolve(__dirname, '..', '..'), 'src')).toEqual([]);
});
