import { Injectable } from '@nestjs/common';
import { DomainError, type AnswerOf, type PutSetup as PutSetupRequest, type QuestionOf } from '@headwater/contracts';
import { once } from '@headwater/messaging';
import { compileValidator, Database } from '@headwater/platform';
import { checkSetup } from './domain/check-setup';
import { SetupDocument } from './domain/setup-document';
import { RotationStore } from './store/rotation.store';
import { SetupStore } from './store/setup.store';

const MOST_ERRORS = 50;
const shapeOf = compileValidator(SetupDocument, { closed: true });

/** A setup document, checked. @throws DomainError `invalid` with the path of everything that is wrong (at most 50) */
export function parseSetup(document: unknown): SetupDocument {
  const setup = shapeOf(document);
  const errors = checkSetup(setup);
  if (errors.length > 0) throw DomainError.invalid(errors.slice(0, MOST_ERRORS));
  return setup;
}

/** Replaces people, pools and rules of a tenant, all or nothing, between two batches of leads. */
@Injectable()
export class PutSetup {
  constructor(
    private readonly database: Database,
    private readonly rotation: RotationStore,
    private readonly setups: SetupStore,
  ) {}

  async handle({ context, setup: document }: QuestionOf<typeof PutSetupRequest>): Promise<AnswerOf<typeof PutSetupRequest>> {
    const tenant = context.tenant.id;
    const setup = parseSetup(document);
    return once(this.database, context.idempotency && { ...context.idempotency, tenant }, async (tx) => {
      await this.rotation.lock(tx, [tenant]);
      const version = await this.setups.replace(tx, tenant, setup, { timeZone: context.tenant.time_zone, by: context.actor.id });
      return { version, reps: await this.setups.reps(tx, tenant) };
    });
  }
}
