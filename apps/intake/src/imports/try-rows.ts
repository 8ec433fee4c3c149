import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { CaptureItem, Verdict } from '@headwater/contracts';
import { nowOf, type Tx } from '@headwater/platform';
import { AccountFinder, accountKeysOf } from '../domain/account-finder';
import type { FileRow } from '../domain/imports/file-window';
import { NOTHING_FOUND, type ImportRecord } from '../domain/imports/import-record';
import { addProblems } from '../domain/imports/report-problems';
import { readRow } from '../domain/imports/row-to-lead';
import { planCaptures, type Outcome } from '../domain/plan-captures';
import { readSubmission, type MatchKey } from '../domain/read-submission';
import { ImportsStore } from '../store/imports.store';
import { LeadsStore } from '../store/leads.store';
import { countOf, itemOf } from './take-in-rows';

/** Says what would become of rows, and writes nothing but that. */
@Injectable()
export class TryRows {
  constructor(private readonly leads: LeadsStore, private readonly imports: ImportsStore) {}

  async tryOut(tx: Tx, record: ImportRecord, rows: FileRow[]): Promise<void> {
    const readings = rows.map((row) => readRow(row, record.columns ?? [], record.options));
    const report = record.report ?? NOTHING_FOUND;
    const items = rows.map((row, i) => itemOf(record, row, readings[i]));
    const verdicts = await this.verdictsOf(tx, record, items.filter(({ rejected }) => !rejected));
    const rejected = items.filter((item) => item.rejected).map(() => ({ verdict: 'rejected' as const }));
    await this.imports.change(tx, record, {
      cursor: rows[rows.length - 1].after,
      report: {
        rows: report.rows + rows.length,
        verdicts: countOf([...verdicts.map((verdict) => ({ verdict })), ...rejected], report.verdicts),
        problems: addProblems(report.problems, rows, readings, record.columns ?? []),
      },
    });
  }

  async end(tx: Tx, record: ImportRecord): Promise<void> {
    await this.imports.forgetSeen(tx, record);
    await this.imports.change(tx, record, { state: 'uploaded', cursor: null, pace: null });
  }

  private async verdictsOf(tx: Tx, record: ImportRecord, items: CaptureItem[]): Promise<Verdict[]> {
    const submissions = items.map((item) => readSubmission(item, record.tenant));
    const keys = submissions.flatMap(({ keys: own }) => own.map((key) => ({ ...key, tenant: record.tenant_id })));
    const known = await this.leads.sharing(tx, keys, { lock: false });
    const now = await nowOf(tx);
    const accounts = new AccountFinder(await this.leads.accountsOf(tx, submissions.flatMap(accountKeysOf)));
    const { outcomes } = planCaptures(submissions, known, accounts, now);
    const first = await this.imports.notSeen(tx, record, keys.filter(isOnePersons).map(hashOf));
    return outcomes.map((outcome) => (wasSeenBefore(outcome, first) ? 'updated' : outcome.verdict));
  }
}

/** A row before these had the same person: it would have made the lead that this one finds. */
const wasSeenBefore = ({ verdict, submission }: Outcome, first: Set<string>): boolean =>
  verdict === 'created' && submission.keys.filter(isOnePersons).some((key) => !first.has(String(hashOf(key))));

const isOnePersons = ({ exclusive }: MatchKey): boolean => exclusive;

const hashOf = ({ kind, value }: MatchKey): bigint => createHash('sha256').update(`${kind} ${value}`).digest().readBigInt64BE();
