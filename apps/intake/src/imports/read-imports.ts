import { Injectable } from '@nestjs/common';
import {
  DomainError, type AnswerOf, type GetImport, type ImportRow, type ListImportRows, type ListImports, type ListRefusedRows, type QuestionOf,
} from '@headwater/contracts';
import { cutPage, Database, numberIn } from '@headwater/platform';
import { importView, type ImportRecord } from '../domain/imports/import-record';
import { ImportsStore } from '../store/imports.store';
import { SubmissionsStore } from '../store/submissions.store';
import { formerSubmissionOf, submissionOf } from './submission-of-row';

/** What is asked of imports. */
@Injectable()
export class ReadImports {
  constructor(private readonly database: Database, private readonly imports: ImportsStore, private readonly submissions: SubmissionsStore) {}

  async get({ context, import_id }: QuestionOf<typeof GetImport>): Promise<AnswerOf<typeof GetImport>> {
    return { import: importView(await this.mustFind(context.tenant.id, import_id)) };
  }

  async list({ context, ...page }: QuestionOf<typeof ListImports>): Promise<AnswerOf<typeof ListImports>> {
    const { rows, next } = await this.imports.list(this.database, context.tenant.id, page);
    return { imports: rows.map(importView), next_cursor: next };
  }

  async rows({ context, import_id, verdict, cursor, limit }: QuestionOf<typeof ListImportRows>): Promise<AnswerOf<typeof ListImportRows>> {
    const tenant = context.tenant.id;
    const record = await this.mustFind(tenant, import_id);
    const found = await this.imports.rows(this.database, record, { verdict, after: numberIn(cursor) ?? 0, limit: limit + 1 });
    const { shown, next_cursor } = cutPage(found, limit, ({ row }) => row);
    const logged = await this.logged(record, shown);
    const rows = shown.map(({ row, ...rest }): ImportRow => {
      const { submission_id, because, code } = logged.get(row)!;
      return { row, ...rest, code, because, submission_id };
    });
    return { rows, next_cursor };
  }

  async refused({ context, import_id, after, limit }: QuestionOf<typeof ListRefusedRows>): Promise<AnswerOf<typeof ListRefusedRows>> {
    const tenant = context.tenant.id;
    const record = await this.mustFind(tenant, import_id);
    const found = await this.imports.rows(this.database, record, { verdict: 'rejected', after, limit });
    const logged = await this.logged(record, found);
    return {
      name: record.name,
      headers: (record.columns ?? []).map(({ header }) => header),
      rows: found.map(({ row }) => {
        const { because, raw } = logged.get(row)!;
        const { fields = [], text } = (raw?.body ?? {}) as { fields?: string[]; text?: string };
        return { row, because, fields, ...(text === undefined ? {} : { text }) };
      }),
    };
  }

  /** What the log says of rows, by their numbers. */
  private async logged(record: ImportRecord, rows: { row: number }[]) {
    const named = rows.map(({ row }) => ({ row, ids: [submissionOf(record, row), formerSubmissionOf(record, row)] }));
    const logged = await this.submissions.logged(this.database, record.tenant_id, named.flatMap(({ ids }) => ids));
    return new Map(named.map(({ row, ids }) => {
      const submission_id = ids.find((id) => logged.has(id)) ?? ids[0];
      return [row, { submission_id, because: '', code: null, raw: null, ...logged.get(submission_id) }] as const;
    }));
  }

  private async mustFind(tenant: string, id: number): Promise<ImportRecord> {
    const record = await this.imports.get(this.database, tenant, id);
    if (!record) throw DomainError.notFound('Import');
    return record;
  }
}
