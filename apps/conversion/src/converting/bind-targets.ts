import { Injectable } from '@nestjs/common';
import type { DomainError } from '@headwater/contracts';
import { sharesNothing } from '@headwater/messaging';
import type { Tx } from '@headwater/platform';
import { lockNames } from '../domain/targets/independent';
import type { Targets } from '../domain/targets/choose-targets';
import { RecordsStore } from '../store/records.store';
import { FindTargets, orRefused, type Found } from './find-targets';
import type { Plan } from './plan';

/** A plan, and what it was decided to become part of. */
export interface Bound<P extends Plan = Plan> { plan: P; found: Found; targets: Targets }

/** Decides what the leads of one transaction become part of, under the locks that keep others from deciding otherwise. */
@Injectable()
export class BindTargets {
  constructor(private readonly records: RecordsStore, private readonly finding: FindTargets) {}

  /**
   * @returns those that have to do with different records, and why others are refused; who is in neither has to do with a record of one
   * before, which it has to see written first. The first one is never among those.
   */
  async bind<P extends Plan>(tx: Tx, plans: P[]): Promise<{ bound: Bound<P>[]; refused: Map<P, DomainError> }> {
    await this.records.lockKeys(tx, plans.flatMap(({ context: { tenant }, person, company }) => lockNames(tenant.id, person.email_normalised, company)));
    const found = await this.finding.lookAll(tx, plans);
    const chosen: Bound<P>[] = [];
    const refused = new Map<P, DomainError>();
    for (const [i, plan] of plans.entries()) {
      const one = found[i];
      const targets = 'refusal' in one ? one : await orRefused(() => this.finding.choose(plan, one.value));
      if ('refusal' in targets) refused.set(plan, targets.refusal);
      else chosen.push({ plan, found: (one as { value: Found }).value, targets: targets.value });
    }
    return { bound: sharesNothing(chosen, ({ targets }) => recordNames(targets)), refused };
  }
}

const recordNames = ({ accountId, contactId, customerId, opportunityId }: Targets): string[] =>
  Object.entries({ accountId, contactId, customerId, opportunityId }).flatMap(([kind, id]) => (id === null ? [] : [`${kind} ${id}`]));
