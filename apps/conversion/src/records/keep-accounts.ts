import { Injectable } from '@nestjs/common';
import {
  AccountCreated, DomainError,
  type Account, type AnswerOf, type CreateAccount, type ListAccounts, type QuestionOf, type UpdateAccount, type Warning,
} from '@headwater/contracts';
import { attemptOf, once } from '@headwater/messaging';
import { Database, type Tx } from '@headwater/platform';
import { changeAccount } from '../domain/records/change-account';
import type { Columns } from '../domain/records/changes';
import { RecordLists } from '../store/record-lists.store';
import { RecordWrites, type Kept } from '../store/record-writes.store';
import { aboutOf, ChangeRecords, existing, mustBeAt } from './change-records';
import { CheckOwner } from './check-owner';
import { ReadQuery } from './read-query';

/** Accounts that people list, make and change. */
@Injectable()
export class KeepAccounts {
  constructor(
    private readonly database: Database, private readonly writes: RecordWrites, private readonly lists: RecordLists,
    private readonly changes: ChangeRecords, private readonly owners: CheckOwner, private readonly queries: ReadQuery,
  ) {}

  async list({ context: { tenant }, filter, ...page }: QuestionOf<typeof ListAccounts>): Promise<AnswerOf<typeof ListAccounts>> {
    const found = await this.queries.read(tenant.id, filter.q);
    if (found && !found.words) return { accounts: [], next_cursor: null };
    const { rows, next } = await this.lists.accounts(this.database, tenant.id, { filter, ...page }, found);
    return { accounts: rows, next_cursor: next };
  }

  /** One that is like another is made, with a remark that names it. @throws DomainError invalid */
  async create({ context, body: { kind, ...patch } }: QuestionOf<typeof CreateAccount>): Promise<AnswerOf<typeof CreateAccount>> {
    const tenant = context.tenant.id;
    const ofKind: Pick<Account, 'kind'> = { kind: kind ?? 'company' };
    const { columns, errors } = changeAccount(ofKind, patch);
    if (errors.length > 0) throw DomainError.invalid(errors);
    await this.owners.mustBeRep(tenant, patch.owner_id);
    return once(this.database, attemptOf(context), async (tx) => {
      const warnings = ofKind.kind === 'company' ? await this.similar(tx, tenant, columns) : [];
      const id = await this.writes.insert(tx, 'account', tenant, { ...columns, ...ofKind });
      const kept = existing('Account', await this.writes.account(tx, tenant, id));
      await this.changes.announce(tx, context, [AccountCreated.of(tenant, id, { account: kept.record }, aboutOf(kept))]);
      return { account: kept.record, version: kept.version, ...(warnings.length > 0 ? { warnings } : {}) };
    });
  }

  /** @throws DomainError not_found, invalid, `precondition_failed` */
  async update({ context, id, patch, expected_version }: QuestionOf<typeof UpdateAccount>): Promise<AnswerOf<typeof UpdateAccount>> {
    const tenant = context.tenant.id;
    const before = existing('Account', await this.writes.account(this.database, tenant, id));
    if (patch.owner_id !== before.record.owner_id) await this.owners.mustBeRep(tenant, patch.owner_id);
    const { record, version } = await this.database.transaction(async (tx): Promise<Kept<Account>> => {
      await this.writes.lock(tx, 'account', tenant, id);
      const locked = existing('Account', await this.writes.account(tx, tenant, id));
      mustBeAt(expected_version, locked);
      return this.changes.account(tx, context, locked, patch);
    });
    return { account: record, version };
  }

  private async similar(tx: Tx, tenant: string, columns: Columns): Promise<Warning[]> {
    const candidates = await this.writes.similarAccounts(tx, tenant, columns);
    if (candidates.length === 0) return [];
    return [{ code: 'account_similar', detail: 'There are accounts of this domain, or of this name in the same country', candidates }];
  }
}
