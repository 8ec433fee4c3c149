import { Injectable } from '@nestjs/common';
import {
  DomainError, SOURCES, type AnswerOf, type IntakePatch, type LeadProfile, type NewEvent, type QuestionOf, type UpdateLead as UpdateLeadRequest,
  type Warning,
} from '@headwater/contracts';
import { causedByRequest, Outbox } from '@headwater/messaging';
import { Database, nowOf, type Tx } from '@headwater/platform';
import { assertWritable } from './domain/assert-writable';
import { stateOf, type Lead } from './domain/lead';
import { leadUpdated, noteAdded } from './domain/lead-events';
import type { KnownLead } from './domain/plan-captures';
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
import { Beaten, untilNotBeaten } from './store/until-not-beaten';

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
      const { context: { tenant }, patch, validate_only } = question;
      const campaign = validate_only ? undefined : await this.codeOf(tx, tenant.id, patch.campaign);
      const held = await this.hold(tx, question, patch);
      const refusal = refusedPatch(held.lead.profile, patch, tenant.policies);
      if (refusal) throw refusal;
      return validate_only ? { lead: stateOf(held.lead) } : this.write(tx, held, { ...question, patch: { ...patch, campaign } });
    }));
  }

  /**
   * Holds a lead that may be written until the transaction ends. Where its keys change, first whoever looks for somebody by those that it has
   * and will have, then the lead and whoever has one of them: in the order in which captures and merges lock.
   * @throws DomainError not_found, lead_locked, lead_merged, precondition_failed
   */
  async hold(tx: Tx, question: Pick<Question, 'context' | 'lead_id' | 'expected_revision'>, patch: LeadProfile): Promise<HeldLead> {
    const { context: { tenant }, lead_id: id, expected_revision } = question;
    const keys = Object.keys(patch).some((field) => KEY_FIELDS.has(field)) ? await this.keysWith(tx, question, patch) : [];
    await this.leads.lockKeys(tx, keys);
    const { lead, others } = await this.leads.lockSharing(tx, { tenant: tenant.id, id }, keys);
    if (!lead) throw DomainError.notFound('Lead');
    assertWritable([lead], await this.primaries.of(tx, tenant.id, [lead]), expected_revision === undefined ? {} : { [id]: expected_revision });
    return { lead, others, keys: new Set(keys.map(nameOfKey)) };
  }

  /** The keys that a lead has, and those that it will have. */
  private async keysWith(tx: Tx, { context: { tenant }, lead_id }: Pick<Question, 'context' | 'lead_id'>, patch: LeadProfile): Promise<TenantKey[]> {
    const [lead] = await this.leads.get(tx, tenant.id, [lead_id]);
    if (!lead) return [];
    const present = await this.merged.keysOf(tx, tenant.id, [lead_id]);
    const { profile } = readProfile(patchProfile(lead.profile, patch).profile, tenant);
    return [...present, ...keysOf(readProfile(profile, tenant))].map(({ kind, value, exclusive }) => ({ kind, value, exclusive, tenant: tenant.id }));
  }

  /**
   * @param patch with the code of its campaign: one that is made on first use is made before a lead is held, as captures do
   * @param byHand a person chose these values, whoever sent the command: no source overwrites them
   * @throws Beaten where the lead has changed so much before it was held that other keys were to be held
   */
  async write(
    tx: Tx, held: HeldLead, { context, command_id, patch }: Pick<Question, 'context' | 'command_id' | 'patch'>, byHand = context.actor.kind === 'user',
  ): Promise<Answer> {
    const { lead } = held;
    const { notes, source, campaign, ...fields } = patch;
    const events: NewEvent[] = [];
    const now = await nowOf(tx);
    const changed = [
      ...changeProfile(lead, fields, context, byHand ? now : null),
      ...changeAttribution(lead, { source, campaign }, context.tenant.picklists.sources),
    ];
    const text = notes?.trim();
    if (text) {
      const [note] = await this.submissions.addNotes(tx, [{
        id: noteIdOf(command_id), tenant: lead.tenant_id, leadId: lead.id, text, author: context.actor.name ?? context.actor.id, cause: 'patch',
      }]);
      if (note) {
        events.push(noteAdded(note));
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
    const warnings = await this.followKeys(tx, held, changed, context.tenant);
    events.push(leadUpdated(lead, changed));
    await this.outbox.add(tx, events.map((event) => ({ event, cause: causedByRequest(context) })));
    return { lead: stateOf(lead), ...(warnings.length ? { warnings } : {}) };
  }

  /** A campaign by its code, whatever it was called; made on first use. Null and blank are none. */
  private async codeOf(tx: Tx, tenant: string, name: string | null | undefined): Promise<string | null | undefined> {
    if (!name?.trim()) return name === undefined ? undefined : null;
    return (await this.campaigns.codes(tx, [{ tenant, name }])).get(nameOf({ tenant, name }));
  }

  /** An address that another open lead owns is accepted: a person says so. It is found by both then, and owned by the first. */
  private async followKeys(tx: Tx, { lead, others, keys: held }: HeldLead, changed: string[], tenant: Question['context']['tenant']): Promise<Warning[]> {
    if (!changed.some((field) => KEY_FIELDS.has(field))) return [];
    const keys: TenantKey[] = keysOf(readProfile(lead.profile, tenant)).map((key) => ({ ...key, tenant: lead.tenant_id }));
    const names = new Set(keys.map(nameOfKey));
    const sharing = others.filter(({ lead: { converted } }) => !converted)
      .map((known) => ({ id: known.lead.id, keys: known.keys.filter((key) => names.has(nameOfKey(key))) })).filter((known) => known.keys.length > 0);
    const taken = new Set(sharing.flatMap((known) => known.keys.map(nameOfKey)));
    const gone = await this.leads.replaceProfileKeys(tx, lead, keys.map((key) => ({ ...key, exclusive: key.exclusive && !taken.has(nameOfKey(key)) })));
    if ([...keys, ...gone].some((key) => !held.has(nameOfKey(key)))) throw new Beaten('The lead has changed before it was held');
    return sharing.map(({ id, keys: same }) => (
      { code: 'possible_duplicate', detail: `Lead ${id} has the same ${same.map(({ kind }) => kind).join(' and ')}`, lead_id: id }));
  }
}

/** A lead as it is until the transaction ends; with the names of the keys that are held, and who else has one of them. */
export interface HeldLead { lead: Lead; keys: ReadonlySet<string>; others: KnownLead[] }

const nameOfKey = ({ kind, value }: Pick<TenantKey, 'kind' | 'value'>): string => `${kind} ${value}`;

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
