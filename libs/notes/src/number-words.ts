/** Numbers as words, as they stand before `thousand` or `million`. */
const WORDS: Readonly<Record<string, number>> = {
  one: 1, two: 2, three: 3, four: 4, five: 5, six: 6, seven: 7, eight: 8, nine: 9, ten: 10, eleven: 11, twelve: 12, fifteen: 15, eighteen: 18,
  twenty: 20, thirty: 30, forty: 40, fourty: 40, fifty: 50, sixty: 60, seventy: 70, eighty: 80, ninety: 90, hundred: 100, 'a hundred': 100,
  'half a': 0.5, zwei: 2, drei: 3, vier: 4, fünf: 5, sechs: 6, sieben: 7, acht: 8, neun: 9, zehn: 10, zwölf: 12, fünfzehn: 15, zwanzig: 20,
  dreißig: 30, vierzig: 40, fünfzig: 50, sechzig: 60, siebzig: 70, achtzig: 80, neunzig: 90, hundert: 100, 'eine halbe': 0.5, deux: 2, trois: 3,
  quatre: 4, cinq: 5, sept: 7, huit: 8, neuf: 9, dix: 10, douze: 12, quinze: 15, vingt: 20, trente: 30, quarante: 40, cinquante: 50,
  soixante: 60, cent: 100, 'un demi': 0.5, dos: 2, tres: 3, cuatro: 4, cinco: 5, seis: 6, siete: 7, ocho: 8, nueve: 9, diez: 10, doce: 12,
  quince: 15, veinte: 20, treinta: 30, cuarenta: 40, cincuenta: 50, sesenta: 60, setenta: 70, ochenta: 80, noventa: 90, cien: 100, medio: 0.5,
};
const ONE = Object.keys(WORDS).sort((a, b) => b.length - a.length).join('|');

/** A pattern of a number in words: `fifty`, `twenty-five`, `half a`. */
export const NUMBER_IN_WORDS = `(?:${ONE})(?:[- ](?:${ONE}))?`;

/** @returns null for what isn't a number in words */
export function numberOfWords(words: string): number | null {
  const said = words.toLowerCase();
  if (said in WORDS) return WORDS[said]!;
  const [tens, ones] = said.split(/[- ]/u).map((word) => WORDS[word]);
  return tens !== undefined && ones !== undefined ? (ones === 100 ? tens * ones : tens + ones) : null;
}
