import type { Instance } from '../../instance/instance';
import { residentMb, type PerProcess } from './processes';

/** The most memory that an instance was seen with, all of its processes together. */
export class HighWater {
  private most: PerProcess = {};

  constructor(private readonly instance: Instance) {}

  /** @returns what is resident now, in MB */
  look(): PerProcess {
    const now = residentMb(this.instance.facts().pids);
    if (total(now) > total(this.most)) this.most = now;
    return now;
  }

  /** In MB, with `total`. The launcher, which is no part of what runs in production, stands beside it. */
  get seen(): PerProcess {
    return { ...this.most, total: total(this.most) };
  }
}

const total = ({ launcher: _, ...parts }: PerProcess): number => Object.values(parts).reduce((sum, mb) => sum + mb, 0);
