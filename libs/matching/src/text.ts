import anyAscii from 'any-ascii';

const ASCII = /^[\x20-\x7e]*$/;

/** What two spellings of one text have in common: Latin letters without accents, lower case. */
export const fold = (text: string): string => (ASCII.test(text) ? text : anyAscii(text.normalize('NFKC'))).toLowerCase().trim();

/** The words and numbers of a text, folded; an apostrophe or a dot within a word is no end of it. */
export const words = (text: string): string[] => fold(text).replace(/(?<=[a-z])['.](?=[a-z])/g, '').match(/[a-z0-9]+/g) ?? [];

/** Words as one: Mary Ann and Maryann. */
export const joined = (text: string): string => (text.includes(' ') ? text.replaceAll(' ', '') : text);
