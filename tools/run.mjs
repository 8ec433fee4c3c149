// node tools/run.mjs <tool> …: sets up what a fresh clone is missing, then becomes that tool. One process, so that signals reach it.
import { setUp, SetUpError } from './set-up.mjs';

const [tool] = process.argv.splice(2, 1); // what is left are the tool's own words
try {
  await setUp({ log: (line) => console.log(`  ${line}`) });
} catch (error) {
  console.error(error instanceof SetUpError ? error.message : error);
  process.exit(1);
}
await import(`./dist/${tool}/main.js`);
