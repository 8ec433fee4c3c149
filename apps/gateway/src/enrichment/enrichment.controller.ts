import { Controller, Get, Post, Put, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { EnrichLead, GetEnrichment, GetEnrichmentSetup, PutEnrichmentSetup, type Context } from '@headwater/contracts';
import { Requester } from '@headwater/messaging';
import { Requires } from '../access/requires';
import { AlsoReturns, Returns } from '../documents/returns';
import { InContext } from '../input/incoming';
import { JsonDocument } from '../input/json-body';
import { JsonOrCsv } from '../input/json-or-csv';
import { PathId } from '../input/parameters';
import { SecondsToWait } from '../input/seconds-to-wait';
import { Companies, LARGEST_TABLE, sentAsCsv, sentAsList, type SentCompanies } from './companies';
import { CompanyTable, CompanyTableRequest, Enrichment, EnrichmentSetupAnswer } from './enrichment-answers';
import * as examples from './enrichment.examples';

const LONGEST_WAIT_SECONDS = 20;
const CSV_EXAMPLE = 'domain,company_name,industry,employees,country\ntechcorp.com,TechCorp Inc,technology,250,US\n';
/** For the question itself, beside what it waits. */
const ANSWERED_WITHIN_MS = 5_000;

/** Learning more of leads than their senders said. */
@ApiTags('enrichment')
@Controller('api/v1/crm')
export class EnrichmentController {
  constructor(private readonly requester: Requester, private readonly companies: Companies) {}

  @Post('leads/:id/enrich')
  @Requires('leads:write')
  @Returns({
    summary: 'Look up more about a lead', data: Enrichment, headers: ['Preference-Applied'], examples: examples.enrichLead,
    description: 'The providers of the setup are asked, and what they know fills empty fields. It takes seconds: `Prefer: wait=N` waits for it, for so long.',
  })
  @AlsoReturns(202, 'Not done yet; `Location` tells what becomes of it', Enrichment, 'Location')
  async enrichLead(
    @PathId('Lead') lead_id: number, @InContext() context: Context, @SecondsToWait(LONGEST_WAIT_SECONDS) seconds: number,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const wait_ms = seconds * 1_000;
    const { enrichment } = await this.requester.ask(EnrichLead, { context, lead_id, wait_ms }, { timeoutMs: ANSWERED_WITHIN_MS + wait_ms });
    if (seconds > 0) void reply.header('preference-applied', `wait=${seconds}`);
    if (!enrichment.pending) return { message: 'Lead enriched', data: enrichment };
    void reply.status(202).header('location', `/api/v1/crm/leads/${lead_id}/enrichment`);
    return { message: 'Enrichment goes on', data: enrichment };
  }

  @Get('leads/:id/enrichment')
  @Requires('leads:read')
  @Returns({ summary: 'Read what was looked up about a lead, and where', data: Enrichment, examples: examples.getLeadEnrichment })
  async getLeadEnrichment(@PathId('Lead') lead_id: number, @InContext() context: Context) {
    const { enrichment } = await this.requester.ask(GetEnrichment, { context, lead_id });
    return { message: 'Enrichment found', data: enrichment };
  }

  @Get('enrichment/setup')
  @Requires('admin')
  @Returns({ summary: 'Read how leads are enriched', data: EnrichmentSetupAnswer, examples: examples.getEnrichmentSetup })
  async getEnrichmentSetup(@InContext() context: Context) {
    return { message: 'Enrichment setup found', data: await this.requester.ask(GetEnrichmentSetup, { context }) };
  }

  @Put('enrichment/setup')
  @Requires('admin')
  @Returns({
    summary: 'Replace how leads are enriched', data: EnrichmentSetupAnswer, examples: examples.replaceEnrichmentSetup,
    description: 'A key that is left out stays as it was written before, as long as the host stays the same.',
  })
  async replaceEnrichmentSetup(@InContext() context: Context, @JsonDocument('providers, on_capture, budget, cache, min_confidence') setup: object) {
    return { message: 'Enrichment setup replaced', data: await this.requester.ask(PutEnrichmentSetup, { context, setup }) };
  }

  @Put('enrichment/companies')
  @Requires('admin')
  @Returns({
    summary: 'Replace the table of companies', data: CompanyTable, examples: examples.replaceCompanies,
    description: 'As JSON, or as CSV (at most 4 MB) whose first row has the names of the columns: `domain` or `company_name`, by which a company '
      + 'is found, and fields of a lead, under their own or their usual other names. Rows that can not be found by anything are left out, and said.',
  })
  async replaceCompanies(
    @InContext() context: Context, @JsonOrCsv(CompanyTableRequest, sentAsCsv, CSV_EXAMPLE, LARGEST_TABLE) sent: CompanyTableRequest | SentCompanies,
  ) {
    const [table, clears] = typeof sent === 'function' ? [sent, false] : [sentAsList(sent.companies as never), sent.companies.length === 0];
    return { message: 'Company table replaced', data: await this.companies.replace(context, table, { clears }) };
  }
}
