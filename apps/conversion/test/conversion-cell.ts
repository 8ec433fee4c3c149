import { ConvertLead, DomainError, PreviewConversion, type Context, type ConvertBody } from '@headwater/contracts';
import { startCell, type Cell } from '@headwater/testing';
import { conversion } from '../src/conversion.module';
import { OtherServices } from './other-services';

type Given = Omit<Parameters<OtherServices['add']>[0], 'lead_id'>;

/** Two replicas of conversion among stand-ins for the others. */
export class ConversionCell {
  private lastLead = 1000;

  private constructor(readonly cell: Cell, readonly others: OtherServices) {}

  static async start(): Promise<ConversionCell> {
    const cell = await startCell({ services: [conversion, conversion] });
    return new ConversionCell(cell, await OtherServices.in(cell));
  }

  /** A lead of a company and with an e-mail of its own, unless given. */
  newLead(given: Given = {}, options: Parameters<OtherServices['add']>[1] = {}): number {
    const lead_id = (this.lastLead += 1);
    const domain = `company${lead_id}.example`;
    return this.others.add({
      lead_id, ...given,
      profile: { company_name: `Company ${lead_id}`, email: `person${lead_id}@${domain}`, ...given.profile },
      facts: { company_domain: domain, ...given.facts },
    }, options);
  }

  convert(lead_id: number, body: ConvertBody = {}, context: Context = this.cell.context()) {
    return this.cell.ask(ConvertLead, { context, lead_id, body });
  }

  preview(lead_id: number, body: ConvertBody = {}, context: Context = this.cell.context()) {
    return this.cell.ask(PreviewConversion, { context, lead_id, body });
  }

  /** How many rows there are of a lead, by table. */
  async rowsOf(leadId: number): Promise<Record<string, number>> {
    const [row] = await this.cell.rows<Record<string, number>>('conversion', `select
      (select count(*)::int from account where lead_id = $1) as account,
      (select count(*)::int from contact where lead_id = $1) as contact,
      (select count(*)::int from customer where lead_id = $1) as customer,
      (select count(*)::int from opportunity where lead_id = $1) as opportunity,
      (select count(*)::int from outbox where envelope->>'leadid' = $1::text) as outbox`, [leadId]);
    return row;
  }
}

export const NOTHING = { account: 0, contact: 0, customer: 0, opportunity: 0, outbox: 0 };

/** What a request was refused with. */
export const refusal = (asked: Promise<unknown>): Promise<DomainError['body']> => asked.then(
  () => { throw new Error('It was not refused'); },
  (error: unknown) => {
    if (error instanceof DomainError) return error.body;
    throw error;
  });

export const codes = ({ warnings }: { warnings?: { code: string }[] }): string[] => (warnings ?? []).map(({ code }) => code);
