const LARGEST_PAGE = 200;

/** A page has room for what was asked for, for one row at least, and for so many at most. */
export const pageSize = (limit: number): number => Math.min(Math.max(Math.trunc(limit) || LARGEST_PAGE, 1), LARGEST_PAGE);
