import type { CaptureItem, CreateLead, LeadProfile, TenantSettings } from '@headwater/contracts';
import { attribute, NOTHING_SAID, type Attributed, type Origins } from './attribute';
import { completeConsent } from './consent';
import { readProfile, type ProfileReading } from './read-profile';

/** A key by which a person is found again. Two submissions with an equal exclusive key are one person. */
export interface MatchKey {
  kind: 'email' | 'phone' | 'external_id';
  value: string;
  exclusive: boolean;
}

export interface Submission extends ProfileReading, Attributed {
  item: CaptureItem;
  keys: MatchKey[];
  note: string | null;
  /** the person asked for contact; a list that somebody bought or imported didn't */
  raisedHand: boolean;
}

/** @param origins what the tenant says of campaigns and channels */
export function readSubmission(item: CaptureItem, tenant: TenantSettings, origins: Origins = NOTHING_SAID): Submission {
  const { source, campaign, utm, click_ids, page_url, referrer, external_id, visitor_id, notes, ...profile } = item.lead;
  const consent = completeConsent(profile.consent, item);
  const reading = readProfile({ ...profile, consent } satisfies LeadProfile, tenant, item.phone_country);
  return {
    ...reading,
    ...attribute(item, tenant, origins),
    item,
    keys: keysOf(reading, externalKey(item, external_id)),
    note: notes?.trim() ? notes : null,
    raisedHand: item.raised_hand ?? item.entry !== 'import',
  };
}

/** The keys of a lead's own profile, in the order in which they decide. */
export function keysOf({ identity }: Pick<ProfileReading, 'identity'>, external: MatchKey | null = null): MatchKey[] {
  return [
    ...(external ? [external] : []),
    ...(identity.email ? [{ kind: 'email', value: identity.email, exclusive: identity.personalEmail } as const] : []),
    ...identity.phones.map((value) => ({ kind: 'phone', value, exclusive: false }) as const),
  ];
}

/** An id counts within the system that sent it, and only from a sender that we know; a connector's number may be a key's, too. */
function externalKey({ anonymous, actor }: CaptureItem, externalId: CreateLead['external_id']): MatchKey | null {
  if (!externalId || anonymous) return null;
  const sender = actor.kind === 'connector' ? `connector ${actor.id}` : actor.id;
  return { kind: 'external_id', value: `${sender} ${externalId}`, exclusive: true };
}
