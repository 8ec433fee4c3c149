const CSV = /^text\/csv\s*(?:;\s*(?:charset\s*=\s*"?utf-8"?|header\s*=\s*present)\s*)*$/i;

/** A body that came as `text/csv`, on a route that takes one besides JSON. */
export class CsvText {
  constructor(readonly text: string) {}
}

/** Comma, semicolon or tab: what the first row has most of. */
export function delimiterOf(csv: string): string {
  const [first] = csv.split(/\r?\n/, 1);
  return [',', ';', '\t'].reduce((best, one) => (first.split(one).length > first.split(best).length ? one : best));
}

export const isCsv = (mediaType: string | undefined): boolean => CSV.test(mediaType ?? '');
