/** The text with one kind of each quote, dash and blank. Every place in it is the place in the note: nothing changes its length. */
export const plain = (note: string): string =>
  note.replace(/[\u2018\u2019\u00b4`]/gu, "'").replace(/[\u201c\u201d\u201e\u00ab\u00bb]/gu, '"').replace(/[\u2010-\u2015\u2212]/gu, '-')
    .replace(/[\u00a0\u202f\u2007\u2009\t\r]/gu, ' ');
