import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { judge } from './judge';
import { notesIn } from './labelled-note';

/** Notes of several hands, as they were labelled, also those that are still read wrongly: what is true of them together must stay so. */
it('reads the batches as well as it has come to', () => {
  const { elements } = judge(notesIn(readFileSync(join(__dirname, '../../libs/notes/test/batches.jsonl'), 'utf8')));
  for (const element of ['budget', 'authority', 'need', 'timeline'] as const) {
    expect({ element, isPrecise: elements[element].precision >= 0.88, isFound: elements[element].recall >= 0.86 })
      .toEqual({ element, isPrecise: true, isFound: true });
  }
});
