/** @returns at most so many UTF-16 units, and no half of a character: that is no text to a database */
export const shortened = (text: string, most: number): string => text.slice(0, most).replace(/[\uD800-\uDBFF]$/, '');
