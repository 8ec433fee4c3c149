// `npm run bench`: sets up what a fresh clone is missing, then becomes the bench. One process, so that signals reach it.
import { setUp, SetUpError } from './set-up.mjs';

try {
  await setUp({ log: (line) => console.log(`  ${line}`) });
} catch (error) {
  console.error(error instanceof SetUpError ? error.message : error);
  process.exit(1);
}
await import('./dist/bench/main.js');
