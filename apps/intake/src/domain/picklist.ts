/** A value of a list: known values are canonical, an unknown one becomes `other` and is kept as it was sent. */
export function pick(given: string | null | undefined, known: readonly string[]): { value: string | null; raw: string | null } {
  const text = given?.trim();
  if (!text) return { value: null, raw: null };
  const canonical = text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '_').replace(/^_|_$/g, '');
  const value = known.find((name) => name.toLowerCase() === canonical || name === text);
  return value ? { value, raw: null } : { value: 'other', raw: text };
}
