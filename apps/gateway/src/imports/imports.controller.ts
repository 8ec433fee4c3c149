import { Readable } from 'node:stream';
import { Controller, Get, Patch, Post, Put, Res, StreamableFile } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import {
  BeginImport, ChangeImport, Count, GetImport, Import, IMPORT_STATES, ImportRow, ImportSetup, ListImportRows, ListImports, OneOf, Text, VERDICTS,
  type Context, type ImportCommand, type ImportState, type Verdict,
} from '@headwater/contracts';
import { Requester } from '@headwater/messaging';
import { Requires } from '../access/requires';
import { Returns, ReturnsFile } from '../documents/returns';
import { FileBody, type FileStream } from '../input/file-body';
import { InContext } from '../input/incoming';
import { JsonBody, OptionalJsonBody } from '../input/json-body';
import { DEFAULT_LIMIT, PageParameters, Parameters, PathId } from '../input/parameters';
import * as examples from './imports.examples';
import { refusedFile, refusedPart } from './refused-file';
import { SendFile } from './send-file';

class UploadParameters {
  @Text(200, { required: true, description: 'of the file, for people', example: 'fair.csv' }) name: string;
}

class ResumeParameters {
  @Count({ description: '`bytes` of the import: what is sent goes on there; from the beginning when absent', example: 0 }) offset?: number;
}

class ListParameters extends PageParameters {
  @OneOf(IMPORT_STATES) state?: ImportState;
}

class RowParameters extends PageParameters {
  @OneOf(VERDICTS, { description: 'only rows with this verdict' }) verdict?: Verdict;
}

const FILE = 'A CSV file of any size, read while it comes: plain or with `Content-Encoding: gzip` or `deflate`. Encoding, delimiter and header are guessed';

/** Files of leads: sent in, looked at, tried, started, watched. */
@ApiTags('imports')
@Controller('api/v1/crm/imports')
export class ImportsController {
  constructor(private readonly requester: Requester, private readonly sendFile: SendFile) {}

  @Post()
  @Requires('leads:write')
  @Returns({
    summary: 'Send a file of leads in', data: Import, status: 201, headers: ['Location'], examples: examples.createImport,
    description: 'Nothing is made of it until it is started. When the connection breaks, what has arrived is kept for a day: repeat it with the same '
      + '`Idempotency-Key`, or go on with `PUT …/file`.',
  })
  async createImport(
    @InContext() context: Context, @Parameters(UploadParameters) { name }: UploadParameters, @FileBody(FILE) file: FileStream,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const begun = (await this.requester.ask(BeginImport, { context, name })).import;
    const made = await this.upload(context, begun.id, file, reply);
    void reply.header('location', `/api/v1/crm/imports/${made.id}`);
    return { message: 'File received', data: made };
  }

  @Put(':id/file')
  @Requires('leads:write')
  @Returns({ summary: 'Go on with an upload that was broken off', data: Import, examples: examples.resumeUpload })
  async resumeUpload(
    @PathId('Import') id: number, @InContext() context: Context, @Parameters(ResumeParameters) { offset }: ResumeParameters,
    @FileBody('The rest of the file') file: FileStream, @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    await this.requester.ask(GetImport, { context, import_id: id });
    return { message: 'File received', data: await this.upload(context, id, file, reply, offset) };
  }

  @Get()
  @Requires('leads:read')
  @Returns({ summary: 'List imports, the latest first', data: Import, list: true, examples: examples.listImports })
  async listImports(@InContext() context: Context, @Parameters(ListParameters) { state, limit = DEFAULT_LIMIT, cursor }: ListParameters) {
    const { imports, next_cursor } = await this.requester.ask(ListImports, { context, state, limit, cursor });
    return { message: 'Imports listed', data: imports, meta: { next_cursor } };
  }

  @Get(':id')
  @Requires('leads:read')
  @Returns({
    summary: 'Read an import', data: Import, examples: examples.getImport,
    description: 'How its file is read, which field each column is guessed to be, the first rows; what a dry run found; how far it is.',
  })
  async getImport(@PathId('Import') import_id: number, @InContext() context: Context) {
    return { message: 'Import found', data: (await this.requester.ask(GetImport, { context, import_id })).import };
  }

  @Patch(':id')
  @Requires('leads:write')
  @Returns({ summary: 'Say how a file is read', data: Import, examples: examples.setUpImport, description: 'Before it is started. A new `format` has the columns guessed anew.' })
  setUpImport(@PathId('Import') id: number, @InContext() context: Context, @JsonBody(ImportSetup) setup: ImportSetup) {
    return this.command(id, context, 'set_up', 'Import set up', setup);
  }

  @Post(':id/dry-run')
  @Requires('leads:write')
  @Returns({
    summary: 'Find out what would come of an import', data: Import, examples: examples.tryImport,
    description: 'All of the file is read, and nothing written. When it is `uploaded` again, `report` has how many rows would get which verdict, and what is wrong in which column.',
  })
  tryImport(@PathId('Import') id: number, @InContext() context: Context, @OptionalJsonBody(ImportSetup) setup: ImportSetup) {
    return this.command(id, context, 'dry_run', 'Dry run started', setup);
  }

  @Post(':id/start')
  @Requires('leads:write')
  @Returns({ summary: 'Start an import', data: Import, examples: examples.startImport })
  startImport(@PathId('Import') id: number, @InContext() context: Context, @OptionalJsonBody(ImportSetup) setup: ImportSetup) {
    return this.command(id, context, 'start', 'Import started', setup);
  }

  @Post(':id/pause')
  @Requires('leads:write')
  @Returns({ summary: 'Pause an import', data: Import, examples: examples.pauseImport })
  pauseImport(@PathId('Import') id: number, @InContext() context: Context) {
    return this.command(id, context, 'pause', 'Import paused');
  }

  @Post(':id/resume')
  @Requires('leads:write')
  @Returns({ summary: 'Go on with an import that was paused, or has failed', data: Import, examples: examples.resumeImport })
  resumeImport(@PathId('Import') id: number, @InContext() context: Context) {
    return this.command(id, context, 'resume', 'Import resumed');
  }

  @Post(':id/cancel')
  @Requires('leads:write')
  @Returns({
    summary: 'Cancel an import', data: Import, examples: examples.cancelImport,
    description: 'For good. What was taken in stays; its file is deleted.',
  })
  cancelImport(@PathId('Import') id: number, @InContext() context: Context) {
    return this.command(id, context, 'cancel', 'Import cancelled');
  }

  @Get(':id/rows')
  @Requires('leads:read')
  @Returns({ summary: 'List the rows of an import with what became of each', data: ImportRow, list: true, examples: examples.listImportRows })
  async listImportRows(@PathId('Import') import_id: number, @InContext() context: Context, @Parameters(RowParameters) { verdict, limit = DEFAULT_LIMIT, cursor }: RowParameters) {
    const { rows, next_cursor } = await this.requester.ask(ListImportRows, { context, import_id, verdict, limit, cursor });
    return { message: 'Rows listed', data: rows, meta: { next_cursor } };
  }

  @Get(':id/refused.csv')
  @Requires('leads:read')
  @ReturnsFile({
    summary: 'Get the rows that were refused, with the reasons', type: 'text/csv', examples: examples.getRefusedRows,
    description: 'The columns of the file that was sent, then `_row` and `_reason`, in UTF-8. What a spreadsheet would take for a formula begins with an apostrophe, '
      + 'which is taken away again when the file is sent in, corrected.',
  })
  async getRefusedRows(@PathId('Import') id: number, @InContext() context: Context) {
    const first = await refusedPart(this.requester, context, id, 0);
    return new StreamableFile(Readable.from(refusedFile(this.requester, context, id, first)), {
      type: 'text/csv; charset=utf-8', disposition: `attachment; filename="refused-${id}.csv"`,
    });
  }

  private async command(import_id: number, context: Context, command: ImportCommand, message: string, setup?: ImportSetup) {
    return { message, data: (await this.requester.ask(ChangeImport, { context, import_id, command, setup })).import };
  }

  /** When it is refused while it comes, nobody wants the rest of it. */
  private async upload(context: Context, id: number, file: FileStream, reply: FastifyReply, offset?: number): Promise<Import> {
    try {
      return await this.sendFile.send(context, id, file, offset);
    } catch (error) {
      if (!file.stream.complete) void reply.header('connection', 'close');
      throw error;
    }
  }
}
