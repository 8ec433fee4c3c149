import { DomainError } from '@headwater/contracts';

/** `hasBegun`: the lead wasn't converted then. `metAnother`: who had begun, while this one was underway. */
interface Contestant { hasBegun: boolean; metAnother: boolean }

/**
 * Conversions of one lead that are on their way at the same time here. Who meets one that has begun, and finds the lead converted, has lost to it: they are
 * told so, however soon the other was done. Of different replicas the table says who holds a lead.
 */
export class Contests {
  private readonly underway = new Map<string, Set<Contestant>>();

  /**
   * @param convert calls `begin` when it knows that the lead isn't converted yet; the answer to a repetition begins nothing
   * @throws DomainError as `convert`, with `conversion_in_progress` instead of `lead_locked` for who has lost; the ids are in it all the same
   */
  async during<Answer>(lead: string, convert: (begin: () => void) => Promise<Answer>): Promise<Answer> {
    const contest = this.underway.get(lead) ?? new Set();
    const own: Contestant = { hasBegun: false, metAnother: [...contest].some(({ hasBegun }) => hasBegun) };
    this.underway.set(lead, contest.add(own));
    try {
      return await convert(() => {
        own.hasBegun = true;
        for (const one of contest) one.metAnother ||= one !== own;
      });
    } catch (error) {
      if (!own.metAnother || !(error instanceof DomainError) || error.body.code !== 'lead_locked') throw error;
      throw DomainError.conflict('conversion_in_progress', 'Somebody else has converted the lead at this moment', error.body.more);
    } finally {
      contest.delete(own);
      if (contest.size === 0) this.underway.delete(lead);
    }
  }
}
