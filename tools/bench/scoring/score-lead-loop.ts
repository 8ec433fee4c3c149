import { readFileSync } from 'node:fs';

type ScoreLead = (lead: object, signals: object[], model: object, now: string) => { demographic: number; behavioral: number };

// The pure rules of the service as it is built, and nothing else. Forked with the module, the cases and seconds; tells its parent what it did.
const [path, file, seconds] = process.argv.slice(2) as [string, string, string];
const { cases, model, now } = JSON.parse(readFileSync(file, 'utf8')) as { cases: { lead: object; signals: object[] }[]; model: object; now: string };
const ROUND = 1_000;

/** @returns how many were done, and the sum of what they came to */
function work(scoreLead: ScoreLead, milliseconds: number): { operations: number; points: number } {
  const end = performance.now() + milliseconds;
  let [operations, points] = [0, 0];
  for (; performance.now() < end; operations += ROUND) {
    for (let i = 0; i < ROUND; i += 1) {
      const { lead, signals } = cases[(operations + i) % cases.length]!;
      const { demographic, behavioral } = scoreLead(lead, signals, model, now);
      points += demographic + behavioral;
    }
  }
  return { operations, points };
}

void import(path).then(({ scoreLead }: { scoreLead: ScoreLead }) => {
  work(scoreLead, 1_000);
  const since = performance.now();
  const { operations, points } = work(scoreLead, Number(seconds) * 1_000);
  process.send!({ operations, points, seconds: (performance.now() - since) / 1_000 });
  process.disconnect();
});
