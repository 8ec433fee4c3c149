/**
 * A key as an integer of 53 bits, for tables of very many keys: two lanes of 32 bits that each multiply what came before, mixed in
 * the end so that similar texts are far apart. The same text gives the same number for ever: it is stored. Two keys with one number
 * make a pair more to compare, and no more than that.
 */
export function hashKey(text: string): number {
  let low = 0x9e3779b9;
  let high = 0x7f4a7c15;
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    low = Math.imul(low ^ unit, 0x01000193);
    high = Math.imul(high ^ unit, 0x27220a95);
  }
  low = mixed(low ^ text.length);
  high = mixed(high ^ low);
  return (high >>> 11) * 2 ** 32 + (low >>> 0);
}

/** Every bit of the result depends on every one before. */
function mixed(value: number): number {
  let bits = value;
  bits = Math.imul(bits ^ (bits >>> 16), 0x7feb352d);
  bits = Math.imul(bits ^ (bits >>> 15), 0x846ca68b);
  return bits ^ (bits >>> 16);
}
