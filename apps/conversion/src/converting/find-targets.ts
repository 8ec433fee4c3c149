import { Injectable } from '@nestjs/common';
import type { Database, Tx } from '@headwater/platform';
import { chooseTargets, mustBeThere, NAMING, type KnownPerson, type Named, type Targets } from '../domain/targets/choose-targets';
import type { FoundCompany } from '../domain/targets/choose-account';
import { TargetsStore } from '../store/targets.store';
import type { Plan } from './plan';

export interface Found { named: Named; people: KnownPerson[]; companies: FoundCompany[] }

/** Finds out what a lead becomes part of. */
@Injectable()
export class FindTargets {
  constructor(private readonly targets: TargetsStore) {}

  /** @throws DomainError 422 for a record that is named and isn't there */
  async look(reader: Pick<Tx | Database, 'query'>, { context: { tenant: { id: tenant } }, body, person, company }: Plan): Promise<Found> {
    const named: Named = {
      account: await this.targets.account(reader, { tenant, id: body[NAMING.account] }),
      contact: await this.targets.contact(reader, { tenant, id: body[NAMING.contact] }),
      customer: await this.targets.customer(reader, { tenant, id: body[NAMING.customer] }),
      opportunity: await this.targets.opportunity(reader, { tenant, id: body[NAMING.opportunity] }),
    };
    mustBeThere(named, body);
    return { named, ...await this.targets.look(reader, tenant, person.email_normalised, company) };
  }

  /** @throws DomainError as `chooseTargets` */
  choose({ context, body }: Plan, { named, people, companies }: Found): Targets {
    return chooseTargets(named, people, companies, {
      policy: body.duplicate_policy ?? 'error', mayForce: context.scopes.includes('leads:force_duplicate'),
    });
  }
}
