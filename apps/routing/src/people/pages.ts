/** A page of rows in the order of their ids ends with an id; the next one begins behind it. @returns null on the last page */
export const pageAfter = (rows: readonly { id: number }[], limit: number): string | null => (rows.length > limit ? String(rows[limit - 1].id) : null);
