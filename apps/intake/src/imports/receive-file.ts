import { Inject, Injectable } from '@nestjs/common';
import {
  DomainError, IMPORT_CHUNK_BYTES, type AnswerOf, type AppendToImport, type BeginImport, type DropUpload, type FinishUpload, type Import, type QuestionOf,
} from '@headwater/contracts';
import { attemptOf, once } from '@headwater/messaging';
import { Database, type Tx } from '@headwater/platform';
import { importView, type ImportRecord } from '../domain/imports/import-record';
import { refuseOtherFiles } from '../domain/imports/other-files';
import { SAMPLE_BYTES } from '../domain/imports/sniff-format';
import { INTAKE_CONFIG, type IntakeConfig } from '../intake.config';
import { ImportsStore } from '../store/imports.store';
import { readBeginning } from './read-beginning';

const MB = 1024 * 1024;

/** Takes a file in, chunk by chunk, and looks at its beginning when all of it is there. */
@Injectable()
export class ReceiveFile {
  constructor(
    private readonly database: Database, private readonly imports: ImportsStore, @Inject(INTAKE_CONFIG) private readonly config: IntakeConfig,
  ) {}

  /** With an Idempotency-Key a repetition goes on with the same import. */
  async begin({ context, name }: QuestionOf<typeof BeginImport>): Promise<AnswerOf<typeof BeginImport>> {
    const { tenant } = context;
    const first = await once(this.database, attemptOf(context),
      async (tx) => ({ import: importView(await this.imports.begin(tx, tenant, { ...context, name })) }));
    return { import: await this.present(tenant.id, first.import.id) };
  }

  /** What was received before is compared. @throws DomainError too_large, wrong_offset, not_found, `other_file`, `file_gone` */
  append({ tenant, import_id, index, bytes: text }: QuestionOf<typeof AppendToImport>): Promise<Record<string, never>> {
    const bytes = Buffer.from(text, 'base64');
    return this.database.transaction(async (tx) => {
      const record = await this.locked(tx, tenant, import_id);
      refuseWithoutFile(record);
      if (index < record.chunks) {
        if (await this.imports.holds(tx, record, index, bytes)) return {};
        throw otherFile();
      }
      if (record.state !== 'uploading') throw otherFile();
      const isNext = index === record.chunks && record.bytes === index * IMPORT_CHUNK_BYTES;
      if (!isNext) throw DomainError.conflict('wrong_offset', `The file has ${record.bytes} bytes so far: go on there`, { bytes: record.bytes, import_state: record.state });
      const limit = this.config.IMPORT_MB_PER_TENANT * MB;
      if (await this.imports.bytesOf(tx, tenant) + bytes.length > limit) {
        throw new DomainError({
          kind: 'too_large', code: 'import_storage_full',
          detail: `The files of a tenant may have ${this.config.IMPORT_MB_PER_TENANT} MB together: cancel an import, or wait until one is deleted`,
        });
      }
      await this.imports.append(tx, record, index, bytes);
      return {};
    });
  }

  /** @throws DomainError `wrong_file`: nothing of it is kept then; `wrong_offset`, `other_file`, `file_gone` */
  async finish({ context: { tenant }, import_id, bytes }: QuestionOf<typeof FinishUpload>): Promise<AnswerOf<typeof FinishUpload>> {
    return this.database.transaction(async (tx) => {
      const record = await this.locked(tx, tenant.id, import_id);
      refuseWithoutFile(record);
      if (record.state !== 'uploading' && record.bytes !== bytes) throw otherFile();
      if (record.state !== 'uploading') return { import: importView(record) };
      if (record.bytes !== bytes) throw DomainError.conflict('wrong_offset', `The file has ${record.bytes} bytes, not ${bytes}`, { bytes: record.bytes });
      const sample = await this.imports.chunks(tx, record, 0, Math.ceil(SAMPLE_BYTES / IMPORT_CHUNK_BYTES));
      refuseOtherFiles(sample);
      const known = await this.imports.change(tx, record, { ...readBeginning(sample, record), state: 'uploaded' });
      return { import: importView(known) };
    });
  }

  async drop({ tenant, import_id }: QuestionOf<typeof DropUpload>): Promise<Record<string, never>> {
    await this.database.transaction((tx) => this.imports.drop(tx, tenant, import_id));
    return {};
  }

  private async locked(tx: Tx, tenant: string, id: number): Promise<ImportRecord> {
    const record = await this.imports.lock(tx, tenant, id);
    if (!record) throw DomainError.notFound('Import');
    return record;
  }

  private async present(tenant: string, id: number): Promise<Import> {
    const record = await this.imports.get(this.database, tenant, id);
    if (!record) throw DomainError.notFound('Import');
    return importView(record);
  }
}

const otherFile = (): DomainError => DomainError.invalidField('(body)', 'other_file', 'Another file was sent for this import before');

/** With the file it is gone what another one could be told from; of an import that was cancelled it goes within the minute. */
function refuseWithoutFile({ state, chunks }: ImportRecord): void {
  if (state === 'uploading' || (chunks > 0 && state !== 'cancelled')) return;
  throw DomainError.conflict('file_gone', 'This import has ended: send a file under another Idempotency-Key', { import_state: state });
}
