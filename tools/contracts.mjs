// `npm run contracts`: sets up what a fresh clone is missing, then becomes the tool that writes the documents of the contracts.
import { setUp, SetUpError } from './set-up.mjs';

try {
  await setUp({ log: (line) => console.log(`  ${line}`) });
} catch (error) {
  console.error(error instanceof SetUpError ? error.message : error);
  process.exit(1);
}
await import('./dist/contracts/main.js');
