/** The most decimals of an amount that count. */
const MOST_DECIMALS = 10;

/** Digits that a number holds exactly. */
const EXACT_DIGITS = 15;

/**
 * How many decimals an amount of a currency is shared in: those of its smallest unit, or of the amount where it has more; of
 * amounts so large that a number doesn't hold them, as many as it does.
 */
export function decimalsOf(amount: number, currency: string): number {
  const { maximumFractionDigits = 2 } = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions();
  const [, own = ''] = amount.toFixed(MOST_DECIMALS).replace(/0+$/, '').split('.');
  // What a double has beyond its 15 exact digits nobody has written.
  const exact = String(amount).includes('e') ? own.length : (String(amount).split('.')[1] ?? '').length;
  return Math.min(Math.max(maximumFractionDigits, Math.min(MOST_DECIMALS, exact)), EXACT_DIGITS - Math.trunc(amount).toString().length);
}

/** An amount in its smallest units. */
export const unitsOf = (amount: number, decimals: number): bigint => {
  const [whole, fraction = ''] = amount.toFixed(decimals).split('.');
  return BigInt(whole + fraction);
};

/** The other way round. */
export function amountOf(units: bigint, decimals: number): number {
  const digits = units.toString().padStart(decimals + 1, '0');
  const point = digits.length - decimals;
  return Number(`${digits.slice(0, point)}.${digits.slice(point)}`);
}

/**
 * Shares units by weight, exactly: each gets its share rounded down, and what is left goes unit by unit to the largest
 * remainders (Hamilton's method); of equal ones, to the earlier.
 * @param units ≥ 0
 * @param weights whole numbers ≥ 0, at least one of them more
 * @returns as many as there are weights; their sum is `units`
 */
export function apportion(units: bigint, weights: readonly number[]): bigint[] {
  const total = weights.reduce((sum, weight) => sum + BigInt(weight), 0n);
  const products = weights.map((weight) => units * BigInt(weight));
  const shares = products.map((product) => product / total);
  const left = Number(units - shares.reduce((sum, share) => sum + share, 0n));
  const byRemainder = products.map((product, i) => ({ i, remainder: product % total }))
    .sort((a, b) => (a.remainder === b.remainder ? a.i - b.i : a.remainder > b.remainder ? -1 : 1));
  for (const { i } of byRemainder.slice(0, left)) shares[i] += 1n;
  return shares;
}
