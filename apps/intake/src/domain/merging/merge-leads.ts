import {
  DomainError, MOST_CUSTOM_FIELDS, MOST_TAGS, type FieldDecision, type LeadFacts, type LeadProfile, type MergeChoices, type MergePolicy, type TenantSettings,
} from '@headwater/contracts';
import type { Lead } from '../lead';
import { same } from '../merge-profile';
import { readProfile } from '../read-profile';
import { decideFields, profileOf } from './decide-fields';

export interface MergeTerms {
  policy: MergePolicy;
  choices: MergeChoices;
  tenant: TenantSettings;
  /** who merges, and when */
  by: { id: string; at: string };
}

export interface MergedLead {
  /** the primary after the merge; its revision is raised */
  lead: Lead;
  fields: FieldDecision[];
  /** of the primary */
  changed: string[];
}

/** An event has 128 kB for the lead and all that is said of it. */
const LARGEST_PROFILE = 100 * 1024;

/** What becomes of the primary. @throws DomainError 422 at a choice, or where the leads have together more than one may have */
export function mergeLeads(primary: Lead, losers: readonly Lead[], { policy, choices, tenant, by }: MergeTerms): MergedLead {
  const leads = [primary, ...losers];
  const fields = decideFields(leads, policy, choices);
  const { profile, facts } = readProfile(profileOf(primary, fields), tenant);
  assertFits(profile);
  const changed = Object.keys({ ...primary.profile, ...profile })
    .filter((field) => !same(primary.profile[field as keyof typeof profile], profile[field as keyof typeof profile]));
  const notes = primary.notes ?? newestNote(losers);
  const campaign = primary.attribution.campaign ?? losers.map(({ attribution }) => attribution.campaign).find(Boolean) ?? null;
  if (notes !== primary.notes) changed.push('notes');
  if (campaign !== (primary.attribution.campaign ?? null)) changed.push('campaign');
  return {
    fields, changed: [...changed, 'merged'],
    lead: {
      ...primary, revision: primary.revision + 1, updated_at: by.at, profile, notes,
      facts: { ...primary.facts, ...facts, industry_raw: rawIndustry(leads, fields) },
      attribution: campaign === (primary.attribution.campaign ?? null) ? primary.attribution : { ...primary.attribution, campaign },
      edited: editedAfter(leads, fields, by),
      enriched: enrichedAfter(leads, fields, profile),
      pending: Object.assign({}, ...[...leads].reverse().map(({ pending }) => pending)) as Lead['pending'],
    },
  };
}

const newestNote = (losers: readonly Lead[]): string | null =>
  [...losers].sort((a, b) => Date.parse(b.updated_at) - Date.parse(a.updated_at)).map(({ notes }) => notes).find(Boolean) ?? null;

const rawIndustry = (leads: readonly Lead[], fields: readonly FieldDecision[]): LeadFacts['industry_raw'] =>
  leads.find(({ id }) => id === fields.find(({ field }) => field === 'industry')?.from)?.facts.industry_raw ?? null;

/** What somebody chose is as if they had written it; what was written by a person before stays so on the lead that it goes to. */
function editedAfter(leads: readonly Lead[], fields: readonly FieldDecision[], { id, at }: MergeTerms['by']): Lead['edited'] {
  const edited = { ...leads[0].edited };
  for (const { field, from, rule } of fields) {
    const former = leads.find((lead) => lead.id === from)?.edited[field];
    if (rule === 'chosen' || rule === 'given') edited[field] = { by: id, at };
    else if (former) edited[field] = former;
    else if (from !== null && from !== leads[0].id) delete edited[field];
  }
  return edited;
}

/** What only a provider said stays nobody's word on the lead that it goes to. */
function enrichedAfter(leads: readonly Lead[], fields: readonly FieldDecision[], profile: LeadProfile): Lead['enriched'] {
  const whole = fields.map(({ field, from }) => ({ field, lead: leads.find(({ id }) => id === from) }));
  const custom = Object.keys(profile.custom_fields ?? {}).map((key) => ({
    field: `custom_fields.${key}`, lead: leads.find((one) => Object.hasOwn(one.profile.custom_fields ?? {}, key)),
  }));
  return Object.fromEntries([...whole, ...custom].flatMap(({ field, lead }) => {
    const known = lead?.enriched[field];
    return known ? [[field, known]] : [];
  }));
}

function assertFits({ tags, custom_fields, ...rest }: Lead['profile']): void {
  const tooMany = (field: string, most: number) =>
    DomainError.invalidField(`fields.${field}`, 'too_many', `The leads have more than ${most} ${field.replace('_', ' ')} together: choose in fields.${field}`);
  if ((tags?.length ?? 0) > MOST_TAGS) throw tooMany('tags', MOST_TAGS);
  if (Object.keys(custom_fields ?? {}).length > MOST_CUSTOM_FIELDS) throw tooMany('custom_fields', MOST_CUSTOM_FIELDS);
  if (JSON.stringify({ ...rest, tags, custom_fields }).length > LARGEST_PROFILE) {
    throw DomainError.invalidField('fields.custom_fields', 'too_large', 'The leads say more together than one lead may hold: choose in fields.custom_fields');
  }
}
