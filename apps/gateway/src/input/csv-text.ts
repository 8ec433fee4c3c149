const CSV = /^text\/csv\s*(?:;\s*(?:charset\s*=\s*"?utf-8"?|header\s*=\s*present)\s*)*$/i;

/** A body that came as `text/csv`, on a route that takes one besides JSON. */
export class CsvText {
  constructor(readonly text: string) {}
}

export const isCsv = (mediaType: string | undefined): boolean => CSV.test(mediaType ?? '');
