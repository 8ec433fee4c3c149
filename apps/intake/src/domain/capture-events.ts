import {
  ContactOptedOut, IDENTIFY, LeadCaptured, LeadEngaged, LeadTouched, NEW_LEAD_VERDICTS, type CaptureItem, type LeadTouchedData, type NewEvent,
} from '@headwater/contracts';
import type { Draft } from './candidate-pool';
import { stateOf } from './lead';
import { leadUpdated } from './lead-events';
import type { Outcome } from './plan-captures';

/** An event, and the submission that it follows from. */
export interface Announced { event: NewEvent; item: CaptureItem }

export const isChanged = ({ isNew, changed }: Draft): boolean => !isNew && changed.size > 0;

/** What a submission did: the lead that it made or reached, the signal that it is, and what its sender wants no more of. */
export function eventsOf(outcome: Outcome): Announced[] {
  const { submission: { item }, draft: { lead }, verdict } = outcome;
  const about = { lead_id: lead.id, revision: lead.revision };
  const touch = touchOf(outcome);
  const enriches = outcome.draft.enriches === true;
  const events: NewEvent[] = [NEW_LEAD_VERDICTS.includes(verdict)
    ? LeadCaptured.ofLead(item.tenant, about, { lead: { ...stateOf(lead), ...(enriches ? { enrichment_pending: true } : {}) }, touch, enrichment_pending: enriches })
    : LeadTouched.ofLead(item.tenant, { lead_id: lead.id }, touch)];
  const { visitor_id } = item.lead;
  // Who comes with a cookie says at least whose it is.
  const signal = item.signal ?? (item.entry === 'form' ? 'form_submission' : visitor_id ? IDENTIFY : undefined);
  if (signal) {
    events.push(LeadEngaged.ofLead(item.tenant, { lead_id: lead.id }, {
      lead_id: lead.id, signal_id: item.submission_id, signal, at: item.received_at, ...(visitor_id ? { properties: { visitor_id } } : {}),
    }));
  }
  return [...events, ...optOutOf(outcome)].map((event) => ({ event, item }));
}

/** Of somebody who is a contact by now: the lead that keeps nothing more can't keep that either. */
function optOutOf({ submission: { item, profile }, draft: { lead } }: Outcome): NewEvent[] {
  const contact_id = lead.converted?.contact_id ?? lead.reengaged_from?.contact_id ?? lead.account?.contact_id;
  const said = { email_opt_out: profile.email_opt_out === true, do_not_call: profile.do_not_call === true };
  if (contact_id == null || !(said.email_opt_out || said.do_not_call)) return [];
  return [ContactOptedOut.of(item.tenant, contact_id, {
    contact_id, lead_id: lead.id, submission_id: item.submission_id, at: item.received_at, ...said,
  }, { leadId: lead.id })];
}

/** One state event per known lead that changed, however many submissions of the batch changed it. */
export function changedEvents(outcomes: Outcome[]): Announced[] {
  const last = new Map(outcomes.filter(({ draft }) => isChanged(draft)).map(({ draft, submission: { item } }) => [draft, item]));
  return [...last].map(([{ lead, changed }, item]) => ({ event: leadUpdated(lead, [...changed]), item }));
}

/** Absent is what wasn't said: most touches are short. */
function touchOf({ submission: { item, attribution, raisedHand, profile }, draft: { lead } }: Outcome): LeadTouchedData {
  const { utm, click_ids, page_url, referrer } = item.lead;
  const records = lead.converted ?? lead.reengaged_from;
  const optedOut = [...(profile.email_opt_out ? ['email'] : []), ...(profile.do_not_call ? ['call'] : [])];
  return {
    lead_id: lead.id, submission_id: item.submission_id, at: item.received_at, entry: item.entry, channel: attribution.channel,
    source: attribution.source, campaign: attribution.campaign, raised_hand: raisedHand,
    ...(item.inlet ? { inlet: item.inlet } : {}),
    ...(utm ? { utm } : {}), ...(click_ids ? { click_ids } : {}), ...(page_url ? { page_url } : {}), ...(referrer ? { referrer } : {}),
    ...(records ? { converted: { account_id: records.account_id, contact_id: records.contact_id, customer_id: records.customer_id } } : {}),
    ...(optedOut.length > 0 ? { opted_out: optedOut } : {}),
  };
}
