/** A number that an issue asks for. */
export interface Figure {
  name: string;
  value: number;
  unit: string;
  /** `>= 800` */
  goal: string;
  holds: boolean;
  /** what it is compared to, in its own unit; null when to nothing but the goal */
  baseline: number | null;
}

interface Measured {
  value: number;
  unit: string;
  /** what it is compared to */
  baseline?: number | null;
}

export const atLeast = (name: string, least: number, { value, unit, baseline = null }: Measured): Figure =>
  ({ name, value, unit, goal: `>= ${least}`, holds: value >= least, baseline });

export const atMost = (name: string, most: number, { value, unit, baseline = null }: Measured): Figure =>
  ({ name, value, unit, goal: `<= ${most}`, holds: value <= most, baseline });

/** With faults in the evidence no figure counts, however good it is. */
export const countable = (figures: readonly Figure[], faults: readonly string[]): Figure[] =>
  figures.map((figure) => ({ ...figure, holds: figure.holds && faults.length === 0 }));
