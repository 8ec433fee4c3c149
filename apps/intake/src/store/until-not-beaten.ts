import { DomainError } from '@headwater/contracts';
import { sqlState } from '@headwater/platform';

/** Unique violation, deadlock, serialisation: another transaction was quicker, and the next look sees what it did. */
const BEATEN = new Set(['23505', '40P01', '40001']);
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
      const isBeaten = error instanceof Beaten;
      if (isBeaten && tries === TRIES) throw DomainError.unavailable(error.message);
      if (tries === TRIES || !(isBeaten || BEATEN.has(sqlState(error) ?? ''))) throw error;
    }
  }
}
