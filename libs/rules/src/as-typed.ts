/** Plain decimals: `1.234` and `1,5` are other numbers in other countries, and a text that is none of ours stays a text. */
const NUMBER = /^[+-]?\d{1,15}(\.\d{1,15})?$/;
const TRUTHS: ReadonlyMap<string, boolean> = new Map([['true', true], ['false', false]]);

/**
 * A custom field that came as text, as the type of what it is compared with: columns of a file and fields of a form hold nothing but
 * texts. Anything else is left as it is.
 * @param value of the comparison; of a list, all of it
 */
export function asTyped(fact: unknown, value: unknown): unknown {
  if (typeof fact !== 'string') return fact;
  const values: unknown[] = Array.isArray(value) ? value : [value];
  const text = fact.trim();
  if (values.every((one) => typeof one === 'number')) return NUMBER.test(text) ? Number(text) : fact;
  if (values.every((one) => typeof one === 'boolean')) return TRUTHS.get(text.toLowerCase()) ?? fact;
  return fact;
}
