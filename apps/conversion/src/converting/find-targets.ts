import { Injectable } from '@nestjs/common';
import { DomainError } from '@headwater/contracts';
import type { Database, Tx } from '@headwater/platform';
import { chooseTargets, mustBeThere, NAMING, type Named, type Targets } from '../domain/targets/choose-targets';
import { TargetsStore, type FoundTargets } from '../store/targets.store';
import type { Plan } from './plan';

export interface Found extends FoundTargets { named: Named }

/** What one of several comes to: a value, or why not. */
export type Or<Value> = { value: Value } | { refusal: DomainError };

type Reader = Pick<Tx | Database, 'query'>;

/** Finds out what leads become part of. */
@Injectable()
export class FindTargets {
  constructor(private readonly targets: TargetsStore) {}

  /** What there is for each plan, in their order; refused: 422 for a record that is named and isn't there. */
  async lookAll(reader: Reader, plans: Plan[]): Promise<Or<Found>[]> {
    const found = await this.targets.look(reader, plans.map(({ context: { tenant }, person, company }) =>
      ({ tenant: tenant.id, email: person.email_normalised, ...company })));
    const each: Or<Found>[] = [];
    for (const [i, plan] of plans.entries()) each.push(await orRefused(async () => ({ named: await this.named(reader, plan), ...found[i] })));
    return each;
  }

  /** @throws DomainError 422 for a record that is named and isn't there */
  async look(reader: Reader, plan: Plan): Promise<Found> {
    const [found] = await this.lookAll(reader, [plan]);
    if ('refusal' in found) throw found.refusal;
    return found.value;
  }

  /** @throws DomainError as `chooseTargets` */
  choose({ context, body }: Plan, { named, people, companies }: Found): Targets {
    return chooseTargets(named, people, companies, {
      policy: body.duplicate_policy ?? 'error', mayForce: context.scopes.includes('leads:force_duplicate'),
    });
  }

  private async named(reader: Reader, { context: { tenant: { id: tenant } }, body }: Plan): Promise<Named> {
    const named: Named = {
      account: await this.targets.account(reader, { tenant, id: body[NAMING.account] }),
      contact: await this.targets.contact(reader, { tenant, id: body[NAMING.contact] }),
      customer: await this.targets.customer(reader, { tenant, id: body[NAMING.customer] }),
      opportunity: await this.targets.opportunity(reader, { tenant, id: body[NAMING.opportunity] }),
    };
    mustBeThere(named, body);
    return named;
  }
}

/** @throws what is no refusal */
export async function orRefused<Value>(decide: () => Value | Promise<Value>): Promise<Or<Value>> {
  try {
    return { value: await decide() };
  } catch (error) {
    if (error instanceof DomainError) return { refusal: error };
    throw error;
  }
}
