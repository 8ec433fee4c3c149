import { Injectable } from '@nestjs/common';
import { DomainError, FindRep } from '@headwater/contracts';
import { Requester } from '@headwater/messaging';

/** Asks routing whether somebody may own records. */
@Injectable()
export class CheckOwner {
  constructor(private readonly requester: Requester) {}

  /** @throws DomainError invalid `owner_id` when it names no rep, or one who is gone; unavailable when routing is */
  async mustBeRep(tenant: string, ownerId: number | null | undefined): Promise<void> {
    if (ownerId == null) return;
    const { rep } = await this.requester.ask(FindRep, { tenant, rep_id: ownerId });
    if (!rep) throw DomainError.invalidField('owner_id', 'unknown_rep', 'There is no rep with this id');
    if (!rep.active) throw DomainError.invalidField('owner_id', 'inactive_rep', 'This rep is not active any more');
  }
}
