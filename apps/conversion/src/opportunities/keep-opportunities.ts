import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import {
  DomainError, NoteAdded,
  type AnswerOf, type Context, type ListOpportunities, type ListStageChanges, type NewEvent, type Opportunity, type QuestionOf, type UpdateOpportunity,
} from '@headwater/contracts';
import { causedByRequest, Outbox } from '@headwater/messaging';
import { Database, nowOf } from '@headwater/platform';
import { actorName } from '../domain/actor-name';
import { dateIn } from '../domain/calendar';
import { checkDate } from '../domain/check-convert';
import { announceChange } from '../domain/opportunities/announce-opportunity';
import { changeOpportunity } from '../domain/opportunities/change-opportunity';
import { mustBeAt } from '../records/change-records';
import { CheckOwner } from '../records/check-owner';
import { OpportunitiesStore } from '../store/opportunities.store';

/** Deals that people list, bring forward, win, lose and open again. */
@Injectable()
export class KeepOpportunities {
  constructor(
    private readonly database: Database, private readonly outbox: Outbox, private readonly opportunities: OpportunitiesStore,
    private readonly owners: CheckOwner,
  ) {}

  /** @throws DomainError invalid for days that are none, `wrong_cursor` */
  async list({ context: { tenant }, ...asked }: QuestionOf<typeof ListOpportunities>): Promise<AnswerOf<typeof ListOpportunities>> {
    const errors = [...checkDate('closes_from', asked.filter.closes_from), ...checkDate('closes_to', asked.filter.closes_to)];
    if (errors.length > 0) throw DomainError.invalid(errors);
    const { rows, next } = await this.opportunities.list(this.database, tenant.id, asked);
    return { opportunities: rows, next_cursor: next };
  }

  /** @throws DomainError not_found */
  async stageChanges({ context: { tenant }, id }: QuestionOf<typeof ListStageChanges>): Promise<AnswerOf<typeof ListStageChanges>> {
    if (!await this.opportunities.get(this.database, tenant.id, id)) throw DomainError.notFound('Opportunity');
    return { changes: await this.opportunities.stageChanges(this.database, tenant.id, id) };
  }

  /** @throws DomainError not_found, invalid, `precondition_failed`, `invalid_transition`, `opportunity_closed` */
  async update({ context, id, patch, expected_version }: QuestionOf<typeof UpdateOpportunity>): Promise<AnswerOf<typeof UpdateOpportunity>> {
    const tenant = context.tenant.id;
    const known = await this.opportunities.get(this.database, tenant, id);
    if (!known) throw DomainError.notFound('Opportunity');
    if (patch.owner_id !== known.owner_id) await this.owners.mustBeRep(tenant, patch.owner_id);
    return this.database.transaction(async (tx) => {
      const before = await this.opportunities.kept(tx, tenant, id, { lock: true });
      if (!before) throw DomainError.notFound('Opportunity');
      mustBeAt(expected_version, { version: String(before.revision) });
      const now = await nowOf(tx);
      const { columns, closed, warnings } = changeOpportunity(before.opportunity, patch, dateIn(context.tenant.time_zone, now));
      const remarks = warnings.length > 0 ? { warnings } : {};
      if (Object.keys(columns).length === 0) return { opportunity: before.opportunity, version: String(before.revision), ...remarks };
      const actor = actorName(context.actor);
      const after = await this.opportunities.update(tx, tenant, id, columns, closed, actor);
      const events = [
        ...announceChange(tenant, { ...after, actor }, before.opportunity.stage), ...(typeof columns.notes === 'string' ? [note(context, after.opportunity, now)] : []),
      ];
      const cause = causedByRequest(context);
      await this.outbox.add(tx, events.map((event) => ({ event, cause })));
      return { opportunity: after.opportunity, version: String(after.revision), ...remarks };
    });
  }
}

function note({ tenant, actor }: Context, { id, lead_id, notes }: Opportunity, at: string): NewEvent {
  const note_id = randomUUID();
  return NoteAdded.of(tenant.id, note_id, {
    note_id, about: 'opportunity', about_id: id, kept_by: 'conversion', text: notes ?? '', author: actorName(actor), cause: 'update_opportunity', at,
  }, { leadId: lead_id ?? undefined });
}
