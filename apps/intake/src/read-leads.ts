import { Injectable } from '@nestjs/common';
import {
  DomainError, type AnswerOf, type GetLeads, type GetSubmission, type ListConsents, type ListLeads, type ListNotes, type ListTouches, type QuestionOf,
  type SubmissionState,
} from '@headwater/contracts';
import { Database } from '@headwater/platform';
import { readEmail } from './domain/email';
import { stateOf } from './domain/lead';
import { readPhone } from './domain/phone';
import { FindPrimaries } from './merging/find-primaries';
import { CampaignsStore, nameOf } from './store/campaigns.store';
import { ConsentsStore } from './store/consents.store';
import { LeadsStore } from './store/leads.store';
import { MergedLeadsStore } from './store/merged-leads.store';
import { doneOf, SubmissionsStore } from './store/submissions.store';

/** Everything that is asked of intake without changing it. */
@Injectable()
export class ReadLeads {
  constructor(
    private readonly database: Database, private readonly leads: LeadsStore, private readonly submissions: SubmissionsStore,
    private readonly statements: ConsentsStore, private readonly campaigns: CampaignsStore,
    private readonly merged: MergedLeadsStore, private readonly primaries: FindPrimaries,
  ) {}

  async get({ tenant, ids }: QuestionOf<typeof GetLeads>): Promise<AnswerOf<typeof GetLeads>> {
    const leads = await this.leads.get(this.database, tenant, ids);
    const primaries = await this.primaries.of(this.database, tenant, leads);
    return {
      leads: leads.map(stateOf),
      ...(primaries.size > 0 ? { primaries: [...primaries].map(([lead_id, primary_id]) => ({ lead_id, primary_id })) } : {}),
    };
  }

  /** Of one that was taken in; null for any other. */
  async submission({ tenant, submission_id }: QuestionOf<typeof GetSubmission>): Promise<SubmissionState | null> {
    const found = await this.submissions.find(this.database, tenant, submission_id);
    return found ? doneOf(found) : null;
  }

  /** A filter by e-mail, phone or campaign finds what a submission with the same one would reach. */
  async list({ context, filter: { campaign, ...rest }, ...page }: QuestionOf<typeof ListLeads>): Promise<AnswerOf<typeof ListLeads>> {
    const filter = { ...rest, ...(campaign === undefined ? {} : { campaign: await this.codeOf(context.tenant.id, campaign) }) };
    const { rows, next } = await this.leads.list(this.database, context.tenant.id, { filter, ...page }, {
      emailKey: filter.email === undefined ? undefined : readEmail(filter.email).key,
      phoneKey: filter.phone === undefined ? undefined : readPhone(filter.phone, null).key,
    });
    return { leads: rows.map(stateOf), next_cursor: next };
  }

  async notes({ context, lead_id, limit }: QuestionOf<typeof ListNotes>): Promise<AnswerOf<typeof ListNotes>> {
    return { notes: await this.submissions.notes(this.database, context.tenant.id, await this.membersOf(context.tenant.id, lead_id), limit) };
  }

  async touches({ context, lead_id, cursor, limit }: QuestionOf<typeof ListTouches>): Promise<AnswerOf<typeof ListTouches>> {
    const { rows, next } = await this.submissions.touches(
      this.database, context.tenant.id, await this.membersOf(context.tenant.id, lead_id), cursor, limit);
    return { touches: rows, next_cursor: next };
  }

  async consents({ context, lead_id, limit }: QuestionOf<typeof ListConsents>): Promise<AnswerOf<typeof ListConsents>> {
    const members = await this.membersOf(context.tenant.id, lead_id);
    return { consents: await this.statements.list(this.database, context.tenant.id, members, limit) };
  }

  private async codeOf(tenant: string, name: string): Promise<string> {
    return (await this.campaigns.knownCodes(this.database, [{ tenant, name }])).get(nameOf({ tenant, name })) ?? name;
  }

  /** The lead and all that were merged into it: what was said of them is read with it. @throws DomainError not_found */
  private async membersOf(tenant: string, id: number): Promise<number[]> {
    const members = await this.merged.members(this.database, tenant, id);
    if (members.length === 0) throw DomainError.notFound('Lead');
    return members;
  }
}
