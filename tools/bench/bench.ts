import type { System } from '../instance/system';
import type { Terminal } from '../launcher/terminal';
import type { Baselines } from './baseline/baselines';
import type { Options } from './options';
import type { People } from './load/people';
import type { Load, Target } from './load/run-load';
import type { HighWater } from './watching/high-water';

/** The tenant whose leads are sent. */
export const TENANT = 'bench';

/** Everything that a suite measures with. */
export interface Bench {
  system: System;
  /** where leads are posted */
  gateway: Target;
  load: Load;
  people: People;
  baselines: Baselines;
  /** the most memory that was seen */
  memory: HighWater;
  options: Options;
  terminal: Terminal;
  /** what was found that makes every figure worthless, in sentences */
  faults: string[];
}
