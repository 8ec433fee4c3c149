// A preload: `FAULT=relay.after_publish node --require …/faults.js main.js` kills the process when it gets there for the
// first time, `FAULT=relay.after_publish:3` when for the third. Nothing of production reads the variable.
import { FAULT_POINTS, faultHook, type FaultPoint } from '@headwater/platform';

interface Fault {
  point: FaultPoint;
  arrival: number;
}

/** @throws when the text is no fault point, with or without `:n` */
function readFault(text: string): Fault {
  const [name, arrival = '1'] = text.split(':');
  const point = FAULT_POINTS.find((known) => known === name);
  if (!point) throw new Error(`FAULT takes one of ${FAULT_POINTS.join(', ')}, not ${name}`);
  if (!/^[1-9]\d*$/.test(arrival)) throw new Error(`FAULT takes ${name}:1 for its first arrival, not ${text}`);
  return { point, arrival: Number(arrival) };
}

function dieAt({ point, arrival }: Fault): void {
  let arrivals = 0;
  faultHook.reached = (name) => {
    if (name === point) arrivals += 1;
    if (arrivals === arrival) process.kill(process.pid, 'SIGKILL'); // no handler, no flushing: as a power cut would
  };
}

if (process.env.FAULT) dieAt(readFault(process.env.FAULT));
