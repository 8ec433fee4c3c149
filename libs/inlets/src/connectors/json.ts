export type Json = Record<string, unknown>;

/** Ways to look into a document that may be anything. */
export const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);
export const objectIn = (value: unknown, name: string): Json => (isObject(value) && isObject(value[name]) ? value[name] : {});
export const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
export const objectsOf = (value: unknown): Json[] => listOf(value).filter(isObject);

/** Text or number as text without space around it; undefined for everything else, and for nothing. */
export function textOf(value: unknown): string | undefined {
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  const text = typeof value === 'string' ? value.trim() : '';
  return text || undefined;
}

/** Times without a zone are UTC: no vendor sends its own. */
const WITHOUT_ZONE = /^\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}:\d{2}(\.\d+)?$/;

/** A moment in seconds or milliseconds since 1970, or as text, as RFC 3339; undefined for no moment. */
export function instantOf(value: unknown): string | undefined {
  const text = textOf(value);
  if (!text) return undefined;
  const number = Number(text);
  const zoned = WITHOUT_ZONE.test(text) ? `${text.replace(' ', 'T')}Z` : text;
  const at = Number.isFinite(number) ? new Date(number * (Math.abs(number) < 1e11 ? 1_000 : 1)) : new Date(zoned);
  return Number.isNaN(at.getTime()) ? undefined : at.toISOString();
}
