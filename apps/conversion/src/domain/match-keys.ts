/** What two spellings of the same thing have in common. */

/** @returns the e-mail as it is compared; null where there is none */
export const normaliseEmail = (email: string | null | undefined): string | null =>
  email?.normalize('NFKC').trim().toLowerCase() || null;

/**
 * A company's name without case, punctuation and spacing: "TechCorp, Inc." is "techcorp inc". Legal forms stay: a wrong
 * link, which nobody is asked about, costs more than a missed one.
 * @returns null where nothing is left
 */
export const normaliseCompanyName = (name: string | null | undefined): string | null =>
  name?.normalize('NFKC').toLowerCase().replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ').trim() || null;

/** The digits of a phone number however it is written; null where there are none. */
export const phoneDigits = (phone: string | null | undefined): string | null =>
  phone?.normalize('NFKC').replace(/[^0-9]/g, '') || null;
