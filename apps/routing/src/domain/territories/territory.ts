/** Postal codes of a country that begin so, or lie within a range of codes of one length. */
export interface PostalArea {
  readonly country: string;
  readonly prefix?: string | null;
  readonly from?: string | null;
  readonly to?: string | null;
}

/** A part of the market: the places and accounts that it consists of, and who owns it. A node of a tree. */
export interface Territory {
  readonly id: number;
  readonly name: string;
  readonly parent_id: number | null;
  /** ISO 3166-1 alpha-2 */
  readonly countries: readonly string[];
  /** `US-CA` */
  readonly regions: readonly string[];
  readonly postal: readonly PostalArea[];
  readonly account_ids: readonly number[];
  readonly domains: readonly string[];
  /** ids of reps */
  readonly owners: readonly number[];
  readonly team_id: number | null;
}
