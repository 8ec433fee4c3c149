import { parseArgs, type ParseArgsConfig } from 'node:util';
import { RunError } from './run-error';

export const text = { type: 'string' } as const;
export const flag = { type: 'boolean' } as const;

/** What was written behind a command, such as `npm run bench --`. @throws RunError in one sentence */
export function readCommandLine<Config extends ParseArgsConfig>(command: string, config: Config): ReturnType<typeof parseArgs<Config>> {
  try {
    return parseArgs(config);
  } catch (error) {
    throw new RunError(`${(error as Error).message.split('. ')[0]}; ${command} --help lists what there is`);
  }
}

/** @throws RunError for what is none, or less than the least */
export function wholeNumber(option: string, given: string, least: number): number {
  const number = Number(given);
  if (Number.isSafeInteger(number) && number >= least && given.trim() !== '') return number;
  throw new RunError(`${option} takes a whole number from ${least}, not ${given || 'nothing'}`);
}

/** @throws RunError with this sentence unless it holds */
export function must(holds: boolean, otherwise: string): void {
  if (!holds) throw new RunError(otherwise);
}
