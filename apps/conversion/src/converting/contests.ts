import { DomainError } from '@headwater/contracts';

/**
 * Conversions of one lead that are on their way at the same time here. Who comes while another one is, and finds the lead converted, has lost to it: they are
 * told so, however soon the other was done. Of different replicas the table says who holds a lead.
 */
export class Contests {
  private readonly underway = new Map<string, number>();

  /** @throws DomainError as `convert`, with `conversion_in_progress` instead of `lead_locked` for who has lost; the ids are in it all the same */
  async during<Answer>(lead: string, convert: () => Promise<Answer>): Promise<Answer> {
    const before = this.underway.get(lead) ?? 0;
    this.underway.set(lead, before + 1);
    try {
      return await convert();
    } catch (error) {
      if (before === 0 || !(error instanceof DomainError) || error.body.code !== 'lead_locked') throw error;
      throw DomainError.conflict('conversion_in_progress', 'Somebody else has converted the lead at this moment', error.body.more);
    } finally {
      const left = this.underway.get(lead)! - 1;
      if (left > 0) this.underway.set(lead, left);
      else this.underway.delete(lead);
    }
  }
}
