import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import {
  DomainError, INLET_KEY_PREFIXES, InletChanged, type AnswerOf, type ChangeInlet, type CommandInlet, type Context, type CreateInlet,
  type GetInlet, type InletKind, type InletRecord, type PageInlets, type QuestionOf,
} from '@headwater/contracts';
import { attemptOf, causedByRequest, once, Outbox } from '@headwater/messaging';
import { Database, type Tx } from '@headwater/platform';
import { InletsStore, type InletRow } from '../store/inlets.store';
import { checkSettings } from './check-settings';

/** 192 bits: nobody guesses it. */
const KEY_BYTES = 24;
const SECRET_BYTES = 32;
/** Each gateway holds all of them in memory. */
const MOST_PER_TENANT = 1_000;

type Changeable = Pick<InletRow, 'name' | 'key' | 'secret' | 'settings'> & { revoked: boolean };

/** Sets up the ways in of a tenant; every gateway hears of each change. */
@Injectable()
export class ManageInlets {
  constructor(private readonly database: Database, private readonly store: InletsStore, private readonly outbox: Outbox) {}

  /** @throws DomainError `invalid` as its kind refuses the settings; `too_many_inlets` */
  async create({ context, kind, name, settings }: QuestionOf<typeof CreateInlet>): Promise<AnswerOf<typeof CreateInlet>> {
    const tenant = context.tenant.id;
    return once(this.database, attemptOf(context), async (tx) => {
      const checked = checkSettings(kind, settings);
      if (await this.store.count(tx, tenant, kind) >= MOST_PER_TENANT) {
        throw DomainError.conflict('too_many_inlets', `There are ${MOST_PER_TENANT} of them already: change one that is not used any more`);
      }
      const row = await this.store.insert(tx, { tenant_id: tenant, kind, name, settings: checked, ...newKey(kind) });
      await this.announce(tx, row, context);
      return { inlet: recordOf(row) };
    });
  }

  /** @throws DomainError `not_found` */
  async get({ context, kind, id }: QuestionOf<typeof GetInlet>): Promise<AnswerOf<typeof GetInlet>> {
    return { inlet: recordOf(required(kind, await this.store.find(this.database, context.tenant.id, kind, id))) };
  }

  async page({ context, kind, ...page }: QuestionOf<typeof PageInlets>): Promise<AnswerOf<typeof PageInlets>> {
    const { rows, next } = await this.store.page(this.database, context.tenant.id, kind, page);
    return { inlets: rows.map(recordOf), next_cursor: next };
  }

  /** @throws DomainError `not_found`; `invalid` as its kind refuses the settings that it would have */
  change({ name, settings, ...one }: QuestionOf<typeof ChangeInlet>): Promise<AnswerOf<typeof ChangeInlet>> {
    return this.rewrite(one, (present) => {
      const merged = Object.entries({ ...present.settings, ...settings }).filter(([, value]) => value !== null);
      return { ...present, name: name ?? present.name, settings: checkSettings(one.kind, Object.fromEntries(merged)) };
    });
  }

  /** @throws DomainError `not_found` */
  command({ command, ...one }: QuestionOf<typeof CommandInlet>): Promise<AnswerOf<typeof CommandInlet>> {
    return this.rewrite(one, (present) => {
      if (command === 'rotate_key') return { ...present, ...newKey(one.kind) };
      return { ...present, revoked: command === 'revoke' };
    });
  }

  private async rewrite(
    { context, kind, id }: { context: Context; kind: InletKind; id: number }, change: (present: Changeable) => Changeable,
  ): Promise<{ inlet: InletRecord }> {
    return once(this.database, attemptOf(context), async (tx) => {
      const present = required(kind, await this.store.lock(tx, context.tenant.id, kind, id));
      const row = await this.store.update(tx, { id, ...change({ ...present, revoked: present.revoked_at !== null }) });
      await this.announce(tx, row, context);
      return { inlet: recordOf(row) };
    });
  }

  private async announce(tx: Tx, { tenant_id, id, kind, name, revoked_at, revision }: InletRow, context: Context): Promise<void> {
    const event = InletChanged.of(tenant_id, id, { inlet: { id, kind, name, revoked: revoked_at !== null } }, { revision });
    await this.outbox.add(tx, [{ event, cause: causedByRequest(context) }]);
  }
}

const newKey = (kind: InletKind): Pick<InletRow, 'key' | 'secret'> => ({
  key: INLET_KEY_PREFIXES[kind] + randomBytes(KEY_BYTES).toString('base64url'), secret: randomBytes(SECRET_BYTES).toString('base64url'),
});

const WORDS: Readonly<Record<InletKind, string>> = { form: 'Form', connector: 'Connector' };

function required(kind: InletKind, row: InletRow | undefined): InletRow {
  if (!row) throw DomainError.notFound(WORDS[kind]);
  return row;
}

const recordOf = ({ id, kind, name, key, settings, revision, created_at, updated_at, revoked_at }: InletRow): InletRecord =>
  ({ id, kind, name, key, settings, revision, created_at, updated_at, revoked_at });
