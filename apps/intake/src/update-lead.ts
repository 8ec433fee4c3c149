import { Injectable } from '@nestjs/common';
import {
  DomainError, LeadUpdated, NoteAdded, SOURCES,
  type AnswerOf, type IntakePatch, type LeadProfile, type NewEvent, type QuestionOf, type UpdateLead as UpdateLeadRequest, type Warning,
} from '@headwater/contracts';
import { causedByRequest, Outbox } from '@headwater/messaging';
import { Database, type Tx } from '@headwater/platform';
import { assertWritable } from './domain/assert-writable';
import { stateOf, type Lead } from './domain/lead';
import { stillEnriched } from './domain/enrichment/provenance';
import { patchProfile, refusedPatch } from './domain/patch-profile';
import { settled } from './domain/pending-changes';
import { pick } from './domain/picklist';
import { readProfile } from './domain/read-profile';
import { keysOf } from './domain/read-submission';
import { CheckMailDomains } from './mail-domains/check-mail-domains';
import { FollowLeads } from './matching/follow-leads';
import { FindPrimaries } from './merging/find-primaries';
import { CampaignsStore, nameOf } from './store/campaigns.store';
import { ConsentsStore } from './store/consents.store';
import { LeadsStore, type TenantKey } from './store/leads.store';
import { MergedLeadsStore } from './store/merged-leads.store';
import { noteIdOf, SubmissionsStore } from './store/submissions.store';
import { untilNotBeaten } from './store/until-not-beaten';

type Question = QuestionOf<typeof UpdateLeadRequest>;
type Answer = AnswerOf<typeof UpdateLeadRequest>;

/** A person's or a system's change of a lead, by PATCH. */
@Injectable()
export class UpdateLead {
  constructor(
    private readonly database: Database, private readonly outbox: Outbox,
    private readonly leads: LeadsStore, private readonly submissions: SubmissionsStore, private readonly campaigns: CampaignsStore,
    private readonly consents: ConsentsStore, private readonly followLeads: FollowLeads, private readonly mailDomains: CheckMailDomains,
    private readonly primaries: FindPrimaries, private readonly merged: MergedLeadsStore,
  ) {}

  /** @throws DomainError not_found, lead_locked, lead_merged, precondition_failed; `invalid` for an address that the tenant doesn't want, and for too much */
  update(question: Question): Promise<Answer> {
    return untilNotBeaten(() => this.database.transaction(async (tx) => {
      await this.holdKeys(tx, question, question.patch);
      const lead = await this.lockOpen(tx, question);
      const refusal = refusedPatch(lead.profile, question.patch, question.context.tenant.policies);
      if (refusal) throw refusal;
      return question.validate_only ? { lead: stateOf(lead) } : this.write(tx, lead, question);
    }));
  }

  /**
   * Before the keys of a lead change: holds back whoever looks for somebody by those that it has and will have, then whoever has one of
   * them, in the order in which captures and merges lock. Nothing for other changes. What changes meanwhile is held when it is found.
   */
  async holdKeys(tx: Tx, { context: { tenant }, lead_id }: Pick<Question, 'context' | 'lead_id'>, patch: LeadProfile): Promise<void> {
    if (!Object.keys(patch).some((field) => KEY_FIELDS.has(field))) return;
    const [lead] = await this.leads.get(tx, tenant.id, [lead_id]);
    if (!lead) return;
    const present = await this.merged.keysOf(tx, tenant.id, [lead_id]);
    const wanted = keysOf(readProfile(patchProfile(lead.profile, patch).profile, tenant));
    const keys = [...present, ...wanted].map(({ kind, value, exclusive }): TenantKey => ({ kind, value, exclusive, tenant: tenant.id }));
    await this.leads.lockKeys(tx, keys);
    await this.leads.sharing(tx, keys);
  }

  /** A lead that may be written, held until the transaction ends. @throws DomainError not_found, lead_locked, lead_merged, precondition_failed */
  async lockOpen(tx: Tx, { context, lead_id, expected_revision }: Pick<Question, 'context' | 'lead_id' | 'expected_revision'>): Promise<Lead> {
    const [lead] = await this.leads.lock(tx, [{ tenant: context.tenant.id, id: lead_id }]);
    if (!lead) throw DomainError.notFound('Lead');
    assertWritable([lead], await this.primaries.of(tx, context.tenant.id, [lead]), expected_revision === undefined ? {} : { [lead_id]: expected_revision });
    return lead;
  }

  /** @param byHand a person chose these values, whoever sent the command: no source overwrites them */
  async write(
    tx: Tx, lead: Lead, { context, command_id, patch }: Pick<Question, 'context' | 'command_id' | 'patch'>, byHand = context.actor.kind === 'user',
  ): Promise<Answer> {
    const { notes, source, campaign, ...fields } = patch;
    const events: NewEvent[] = [];
    const [{ now }] = await tx.query<{ now: string }>('select now() as now');
    const changed = [
      ...changeProfile(lead, fields, context, byHand ? now : null),
      ...changeAttribution(lead, { source, campaign: await this.codeOf(tx, lead.tenant_id, campaign) }, context.tenant.picklists.sources),
    ];
    const text = notes?.trim();
    if (text) {
      const [note] = await this.submissions.addNotes(tx, [{
        id: noteIdOf(command_id), tenant: lead.tenant_id, leadId: lead.id, text, author: context.actor.name ?? context.actor.id, cause: 'patch',
      }]);
      if (note) {
        events.push(NoteAdded.of(lead.tenant_id, note.id, {
          note_id: note.id, about: 'lead', about_id: lead.id, kept_by: 'intake', text, author: note.author, cause: note.cause, at: note.at,
        }, { leadId: lead.id }));
        lead.notes = text;
        changed.push('notes');
      }
    }
    if (changed.length === 0) return { lead: stateOf(lead) };
    lead.revision += 1;
    lead.updated_at = now;
    await this.leads.save(tx, [lead]);
    this.mailDomains.after(tx, () => [lead]);
    await this.consents.addEdits(tx, lead, changed, context.actor);
    this.followLeads.wakeAfter(tx);
    const warnings = await this.followKeys(tx, lead, changed, context.tenant);
    events.push(LeadUpdated.ofLead(lead.tenant_id, { lead_id: lead.id, revision: lead.revision }, { lead: stateOf(lead), changed }));
    await this.outbox.add(tx, events.map((event) => ({ event, cause: causedByRequest(context) })));
    return { lead: stateOf(lead), ...(warnings.length ? { warnings } : {}) };
  }

  /** A campaign by its code, whatever it was called; made on first use. Null and blank are none. */
  private async codeOf(tx: Tx, tenant: string, name: string | null | undefined): Promise<string | null | undefined> {
    if (!name?.trim()) return name === undefined ? undefined : null;
    return (await this.campaigns.codes(tx, [{ tenant, name }])).get(nameOf({ tenant, name }));
  }

  /** An address that another open lead owns is accepted: a person says so. It is found by both then, and owned by the first. */
  private async followKeys(tx: Tx, lead: Lead, changed: string[], tenant: Question['context']['tenant']): Promise<Warning[]> {
    if (!changed.some((field) => KEY_FIELDS.has(field))) return [];
    const keys: TenantKey[] = keysOf(readProfile(lead.profile, tenant)).map((key) => ({ ...key, tenant: lead.tenant_id }));
    await this.leads.lockKeys(tx, keys);
    const others = (await this.leads.sharing(tx, keys)).filter((known) => known.lead.id !== lead.id && !known.lead.converted);
    const taken = new Set(others.flatMap((known) => known.keys.map(({ kind, value }) => `${kind} ${value}`)));
    await this.leads.replaceProfileKeys(tx, lead, keys.map((key) => ({ ...key, exclusive: key.exclusive && !taken.has(`${key.kind} ${key.value}`) })));
    return others.map((known) => ({
      code: 'possible_duplicate', detail: `Lead ${known.lead.id} has the same ${known.keys.map(({ kind }) => kind).join(' and ')}`, lead_id: known.lead.id,
    }));
  }
}

const KEY_FIELDS = new Set(['email', 'phone', 'mobile', 'country']);

/** @param editedAt when a person chose these values; null when nobody did */
function changeProfile(lead: Lead, patch: LeadProfile, { actor, tenant }: Question['context'], editedAt: string | null): string[] {
  const patched = patchProfile(lead.profile, patch);
  if (patched.changed.length === 0) return [];
  const { profile, facts } = readProfile(patched.profile, tenant);
  const changed = patched.changed;
  lead.enriched = stillEnriched(lead.enriched, lead.profile, profile);
  lead.profile = profile;
  const { industry_raw, email_mx } = lead.facts;
  lead.facts = { ...facts, ...(changed.includes('industry') ? {} : { industry_raw }), ...(changed.includes('email') ? {} : { email_mx }) };
  if (editedAt) {
    for (const field of changed) lead.edited = { ...lead.edited, [field]: { by: actor.id, at: editedAt } };
  }
  // What waited for a person is settled by a person's word on the same field.
  lead.pending = settled(lead.pending, changed);
  return changed;
}

function changeAttribution(lead: Lead, { source, campaign }: Pick<IntakePatch, 'source' | 'campaign'>, ownSources: string[]): string[] {
  const changed: string[] = [];
  if (source !== undefined) {
    const { value, raw } = pick(source, [...SOURCES, ...ownSources]);
    if (value !== (lead.attribution.source ?? null) || raw !== (lead.attribution.source_raw ?? null)) changed.push('source');
    lead.attribution = { ...lead.attribution, source: value, source_raw: raw };
  }
  if (campaign !== undefined && campaign !== (lead.attribution.campaign ?? null)) {
    lead.attribution = { ...lead.attribution, campaign };
    changed.push('campaign');
  }
  return changed;
}
