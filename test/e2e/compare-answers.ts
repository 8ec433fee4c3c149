/** How an example and the answer that really came are alike. */

/** Ids of an example, and those that stand for them in a run. */
export type Ids = Map<unknown, unknown>;

const ID = /^(id|.*_id|key|token|merged_into|from)$/;
/** `from` may be a day or a status, too. */
const isId = (name: string, value: unknown): boolean => ID.test(name) && (name !== 'from' || typeof value === 'number');
const UUID = /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/g;
const INSTANT = /\d{4}-\d\d-\d\dT[\d:.]+Z/g;
/** Where this run's gateway is. */
const EDGE = /https?:\/\/[^/\s"]+(?=\/f\/)/g;
const SIGNED = /(?<=name="hw_made_at" value=")[^"]*/g;
const STACK = /\n\s+at [^]*$/;
const SECRET = /\bhw[cf]?_[\w-]+/g;

/** Made by a machine, not by what was sent: what differs from run to run. */
const masked = (text: string): string =>
  text.replace(STACK, '').replace(EDGE, '<edge>').replace(SIGNED, '<signed>').replace(SECRET, '<secret>').replace(UUID, '<uuid>').replace(INSTANT, '<instant>').replace(/\d+/g, '<n>');

/** Counts of time and of events, which come in any number. */
const isOfTheRun = (name: string): boolean => name.startsWith('ms_') || name === 'revision' || name === 'remaining_seconds' || name === 'rows_per_s' || name === 'leads_per_s' || name.endsWith('cursor');

/**
 * Where the real answer isn't as the example has it, in sentences. An id of the example stands for one real id, everywhere the same.
 * @param rebind takes ids anew instead of comparing them
 */
export function differences(shown: unknown, real: unknown, ids: Ids, { rebind = false, path = '' } = {}): string[] {
  const name = nameOf(path);
  const inside = (member: string) => ({ rebind, path: path ? `${path}.${member}` : member });
  if (Array.isArray(shown) && Array.isArray(real)) {
    const items = shown.length === real.length ? [] : [`${path}: ${shown.length} items in the example, ${real.length} in truth`];
    return [...items, ...shown.slice(0, real.length).flatMap((item, i) => differences(item, real[i], ids, inside(String(i))))];
  }
  if (isObject(shown) && isObject(real)) {
    return [...new Set([...Object.keys(shown), ...Object.keys(real)])].flatMap((member) => {
      if (!(member in real)) return [`${inside(member).path}: in the example alone`];
      if (!(member in shown)) return [`${inside(member).path}: missing in the example, in truth ${JSON.stringify(real[member])}`];
      return differences(shown[member], real[member], ids, inside(member));
    });
  }
  if (shown === real && !isId(name, shown)) return [];
  const differ = [`${path}: ${JSON.stringify(shown)} in the example, ${JSON.stringify(real)} in truth`];
  if (typeof shown !== typeof real || shown === null || real === null) return shown === real ? [] : differ;
  if (isId(name, shown)) {
    if (rebind || !ids.has(shown)) ids.set(shown, real);
    return ids.get(shown) === real ? [] : differ;
  }
  if (isOfTheRun(name)) return [];
  return typeof shown === 'string' && masked(shown) === masked(real as string) ? [] : differ;
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The member that a path leads to; of an item of a list, what the list is called for one. */
const nameOf = (path: string): string => path.replace(/s\.\d+$/, '').replace(/^.*\./, '');

/** The value with its ids as they are in this run. */
export function inThisRun(value: unknown, ids: Ids, name = ''): unknown {
  if (Array.isArray(value)) return value.map((item) => inThisRun(item, ids, name.replace(/s$/, '')));
  if (isObject(value)) return Object.fromEntries(Object.entries(value).map(([member, inner]) => [member, inThisRun(inner, ids, member)]));
  return isId(name, value) && ids.has(value) ? ids.get(value) : value;
}
