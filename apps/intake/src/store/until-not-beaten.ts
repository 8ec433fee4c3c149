import { DomainError } from '@headwater/contracts';
import { isBeaten } from '@headwater/platform';

const TRIES = 3;

/**
 * Thrown where what is held turns out not to be all that had to be: to wait for the rest now could be for somebody who waits for this one.
 */
export class Beaten extends Error {}

/** Runs a transaction again when another one was quicker. @throws what it throws, at the third time also that; DomainError `unavailable` for what it was `Beaten` to */
export async function untilNotBeaten<Answer>(transaction: () => Promise<Answer>): Promise<Answer> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await transaction();
    } catch (error) {
      if (!(error instanceof Beaten) && !isBeaten(error)) throw error;
      if (tries === TRIES) throw error instanceof Beaten ? DomainError.unavailable(error.message) : error;
    }
  }
}
