import { once } from 'node:events';
import { join } from 'node:path';
import { REPOSITORY } from '../instance/instance';
import { runTool } from '../instance/run-tool';
import { HELP, readOptions } from './options';
import { tail } from './tail';
import { whereNatsIs } from './where-nats-is';

runTool({
  help: HELP, readOptions,
  async run(options, _terminal, interrupted) {
    const closed = new AbortController(); // `| head` has seen enough
    process.stdout.on('error', () => closed.abort());
    const stop = AbortSignal.any([interrupted, closed.signal]);
    const address = whereNatsIs(process.env, process.env.HEADWATER_HOME || join(REPOSITORY, '.headwater'));
    await tail(address, options, {
      coloured: process.stdout.isTTY && !process.env.NO_COLOR,
      line: async (text) => {
        if (!process.stdout.write(`${text}\n`)) await once(process.stdout, 'drain', { signal: stop });
      },
      tell: (sentence) => process.stderr.write(`${sentence}\n`),
    }, stop);
    return 0;
  },
});
