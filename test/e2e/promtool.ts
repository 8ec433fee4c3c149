import { findProgram } from '../find-program';

/** Prometheus' own checker of rules and metrics. @returns its path, or null */
export const findPromtool = (): Promise<string | null> =>
  findProgram({ name: 'promtool', debian: { package: 'prometheus', path: 'usr/bin/promtool' } });
