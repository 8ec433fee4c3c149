import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { REPOSITORY } from '../instance/instance';
import { RunError } from '../instance/run-error';
import type { Sabotage } from './options';

const SABOTAGE_MODULE = join(REPOSITORY, 'libs', 'testing', 'dist', 'sabotage.js');

/** What lets the services, and whatever else of Node the launcher starts, break a promise. */
export function environmentOf(sabotage: Sabotage | undefined): NodeJS.ProcessEnv {
  if (!sabotage) return {};
  if (!existsSync(SABOTAGE_MODULE)) throw new RunError(`${SABOTAGE_MODULE} is missing: there is nothing to sabotage with`);
  return {
    HEADWATER_SABOTAGE: sabotage,
    NODE_OPTIONS: [process.env.NODE_OPTIONS, `--require ${JSON.stringify(SABOTAGE_MODULE)}`].filter(Boolean).join(' '),
  };
}
