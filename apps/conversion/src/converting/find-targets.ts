import { Injectable } from '@nestjs/common';
import { DomainError } from '@headwater/contracts';
import type { Queries } from '@headwater/platform';
import { chooseTargets, mustBeThere, NAMING, type Named, type Targets } from '../domain/targets/choose-targets';
import { TargetsStore, type FoundTargets, type Lookup } from '../store/targets.store';
import type { Plan } from './plan';

export interface Found extends FoundTargets { named: Named }

/** What one of several comes to: a value, or why not. */
export type Or<Value> = { value: Value } | { refusal: DomainError };

/** Finds out what leads become part of. */
@Injectable()
export class FindTargets {
  constructor(private readonly targets: TargetsStore) {}

  /** What there is for each plan, in their order; refused: 422 for a record that is named and isn't there. */
  async lookAll(queries: Queries, plans: Plan[]): Promise<Or<Found>[]> {
    const found = await this.targets.look(queries, plans.map(({ context: { tenant }, person, company }) =>
      ({ tenant: tenant.id, email: person.email_normalised, ...company })));
    const named = await this.named(queries, plans);
    return Promise.all(plans.map(({ body }, i) => orRefused(() => {
      mustBeThere(named[i], body);
      return { named: named[i], ...found[i] };
    })));
  }

  /** @throws DomainError 422 for a record that is named and isn't there */
  async look(queries: Queries, plan: Plan): Promise<Found> {
    const [found] = await this.lookAll(queries, [plan]);
    if ('refusal' in found) throw found.refusal;
    return found.value;
  }

  /** @throws DomainError as `chooseTargets` */
  choose({ context, body }: Plan, { named, people, companies }: Found): Targets {
    return chooseTargets(named, people, companies, {
      policy: body.duplicate_policy ?? 'error', mayForce: context.scopes.includes('leads:force_duplicate'),
    });
  }

  /** What each names, a statement for all that is named of a kind. */
  private async named(queries: Queries, plans: Plan[]): Promise<Named[]> {
    const read = async <Row>(kind: keyof typeof NAMING, readAll: (asked: Lookup[]) => Promise<(Row | undefined)[]>): Promise<Map<Plan, Row | undefined>> => {
      const naming = plans.filter(({ body }) => body[NAMING[kind]] != null);
      const rows = await readAll(naming.map(({ context: { tenant }, body }) => ({ tenant: tenant.id, id: body[NAMING[kind]]! })));
      return new Map(naming.map((plan, i) => [plan, rows[i]]));
    };
    const accounts = await read('account', (asked) => this.targets.accounts(queries, asked));
    const contacts = await read('contact', (asked) => this.targets.contacts(queries, asked));
    const customers = await read('customer', (asked) => this.targets.customers(queries, asked));
    const opportunities = await read('opportunity', (asked) => this.targets.opportunities(queries, asked));
    return plans.map((plan) => ({ account: accounts.get(plan), contact: contacts.get(plan), customer: customers.get(plan), opportunity: opportunities.get(plan) }));
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
