import { MOST_CUSTOM_FIELDS, type LeadFacts, type LeadProfile, type TenantSettings, type UnusedReason } from '@headwater/contracts';
import { isEmpty, same } from '../merge-profile';
import { readProfile } from '../read-profile';
import { ADDRESS, CUSTOM, FILLABLE, isCustomField, isFillable, type Fact } from './lead-fields';
import { valueAt, type Enriched } from './provenance';

/** What a provider said, in the order in which the setup has them. */
export interface Finding {
  provider: string;
  facts: Fact[];
}

/** A fact that is only shown. */
export interface ShownFact extends Fact {
  provider: string;
  unused: UnusedReason;
}

export interface Filled {
  profile: LeadProfile;
  facts: LeadFacts;
  enriched: Enriched;
  /** names of the fields of the profile that are different now */
  changed: string[];
  shown: ShownFact[];
}

interface Fillable {
  profile: LeadProfile;
  facts: LeadFacts;
  edited: Readonly<Record<string, unknown>>;
  enriched: Enriched;
}

interface Rules {
  /** 0 to 1: what is less sure is shown, and fills nothing */
  minConfidence: number;
  tenant: TenantSettings;
  /** RFC 3339 */
  now: string;
}

type Told = Fact & { provider: string };

/**
 * Fills what is empty, and what only enrichment has filled before: there a provider may correct its own word, and a surer one
 * another's. What a sender said stays, and what a person edited, were it to empty it. Of providers that disagree the surer one is
 * believed, of equals the earlier. An address comes from one provider, and only where it contradicts nothing that is there.
 */
export function fillLead(lead: Fillable, findings: readonly Finding[], { minConfidence, tenant, now }: Rules): Filled {
  const told: Told[] = findings.flatMap(({ provider, facts }) => facts.map((fact) => ({ ...fact, provider })));
  const shown: ShownFact[] = [];
  const chosen: Told[] = [];
  const surest = [...told].sort((a, b) => b.confidence - a.confidence);
  const taken = new Set<string>();
  const addressOf = surest.find(({ field }) => ADDRESS.has(field))?.provider;
  const keepsAddress = told.some((fact) => fact.provider === addressOf && ADDRESS.has(fact.field) && contradicts(lead, fact));

  for (const fact of surest) {
    const unused = whyNot(fact);
    if (unused) shown.push({ ...fact, unused });
    else chosen.push(fact);
    taken.add(fact.field);
  }
  const filled = { ...fill(lead, chosen, tenant), shown };
  const enriched = { ...lead.enriched };
  for (const { field, provider, confidence } of chosen) {
    if (!isEmpty(valueAt(filled.profile, field))) enriched[field] = { provider, confidence, at: now };
  }
  return { ...filled, enriched };

  function whyNot(fact: Told): UnusedReason | null {
    const { field, provider, confidence } = fact;
    if (!isFillable(field)) return 'no_lead_field';
    if (confidence < minConfidence) return 'not_sure_enough';
    if (taken.has(field) || (ADDRESS.has(field) && provider !== addressOf)) return 'another_was_surer';
    if (ADDRESS.has(field) && keepsAddress) return 'contradicts_address';
    if (isCustomField(field) ? 'custom_fields' in lead.edited : field in lead.edited) return 'edited';
    if (isEmpty(valueAt(lead.profile, field))) return null;
    const known = lead.enriched[field];
    if (!known) return 'has_value';
    return known.provider === provider || confidence > known.confidence ? null : 'another_was_surer';
  }
}

/** A city of one company and the country of another make no address. */
function contradicts({ profile, enriched }: Fillable, { field, value }: Told): boolean {
  const present = valueAt(profile, field);
  return !isEmpty(present) && !enriched[field] && String(present).trim().toLowerCase() !== String(value).trim().toLowerCase();
}

function fill({ profile: known, facts }: Fillable, chosen: readonly Told[], tenant: TenantSettings): Pick<Filled, 'profile' | 'facts' | 'changed'> {
  const sent: Record<string, unknown> = {};
  const custom: Record<string, unknown> = { ...known.custom_fields };
  for (const { field, value } of chosen) {
    if (!isCustomField(field)) sent[field] = value;
    else if (Object.hasOwn(custom, field.slice(CUSTOM.length)) || Object.keys(custom).length < MOST_CUSTOM_FIELDS) custom[field.slice(CUSTOM.length)] = value;
  }
  const read = readProfile(sent as LeadProfile, tenant);
  const profile: LeadProfile = { ...known, ...read.profile, ...(Object.keys(custom).length ? { custom_fields: custom } : {}) };
  const changed = [...FILLABLE, 'custom_fields' as const].filter((field) => !same(known[field], profile[field]));
  return {
    profile, changed,
    facts: {
      ...facts,
      ...(changed.includes('industry') ? { industry_raw: read.facts.industry_raw } : {}),
      ...(changed.includes('website') && !facts.company_domain ? { company_domain: read.facts.company_domain } : {}),
    },
  };
}

/** Whether a provider that may say something of these fields could still fill one. */
export function hasRoom({ profile, edited, enriched }: Fillable, fields: readonly string[]): boolean {
  return fields.some((field) => !(field in edited) && !(isCustomField(field) && 'custom_fields' in edited)
    && (isEmpty(valueAt(profile, field)) || Object.hasOwn(enriched, field)));
}
