/** The rarest leave few to be compared, and each that many have, like those of a country, takes longer. */
const MOST = 4;
/** Of all records: at least so many have what is common. */
export const MANY = 0.01;

/**
 * By which lexemes of a phone number the index finds it: the rarest, or all while nobody knows which these are.
 * @param shares of all records, for each lexeme; null where they aren't known
 * @returns with whether all of them are such as many have
 */
export function tellingGrams(lexemes: string[], shares: number[] | null): { telling: string[]; areCommon: boolean } {
  if (shares === null) return { telling: [...new Set(lexemes)], areCommon: false };
  const byRarity = [...new Map(lexemes.map((lexeme, i) => [lexeme, shares[i]]))].sort(([, share], [, other]) => share - other);
  return { telling: byRarity.slice(0, MOST).map(([lexeme]) => lexeme), areCommon: byRarity[0][1] >= MANY };
}
