import { number } from '../check-document';

/** Points of one rule, either way; more could only be capped away. */
export const MOST_POINTS = 100;
export const LONGEST_NAME = 60;

export const points = number(-MOST_POINTS, MOST_POINTS, 2);
