import type { BantDimension, CopilotRequest, DisqualificationReason, NextAction } from '@headwater/contracts';
import type { Dimension } from './dimensions';
import { factOf, isThere, type Fact, type LeadRecord } from './lead-record';
import { resting, say, together, type Said } from './say';

export interface Recommendation extends Said { action: NextAction; reason: DisqualificationReason | null; request: CopilotRequest | null }

interface Known { record: LeadRecord; dimensions: readonly Dimension[]; mail: Way; call: Way }

/** A way to the person: whether it is open, and the facts that say so. */
interface Way { open: boolean; facts: Fact[] }

interface Advice { action: NextAction; because: Said; reason?: DisqualificationReason }

/** Passes with time: whoever is out for that is worth another try. */
const PASSING: ReadonlySet<DisqualificationReason> = new Set<DisqualificationReason>(['no_budget', 'no_authority', 'no_timeline', 'not_ready']);
const MOST_FAILED_ATTEMPTS = 3;

/** What to do next, and why: by the first of the rules below that applies. */
export function nextAction(record: LeadRecord, dimensions: readonly Dimension[]): Recommendation {
  const known: Known = { record, dimensions, mail: mailOf(record), call: callOf(record) };
  const advice = RULES.reduce<Advice | null>((found, rule) => found ?? rule(known), null) ?? isCold(known);
  return { ...advice.because, action: advice.action, reason: advice.reason ?? null, request: requestFor(record, advice) };
}

const RULES: readonly ((known: Known) => Advice | null)[] = [
  wasDisqualified, isQualified, cannotBeReached, doesNotNeedIt, doesNotAnswer, isComplete, isHot, hasNoMoneyOrTime, awaitsFirstContact, isNurturing, isWarm,
];

function wasDisqualified({ record }: Known): Advice | null {
  const { status, disqualification_reason: reason } = record.standing;
  if (status !== 'disqualified' || !reason) return null;
  const because = say`It is ${fact(record, 'standing', 'status')} for the reason ${fact(record, 'standing', 'disqualification_reason')}`;
  return PASSING.has(reason)
    ? { action: 'add_to_nurture', because: say`${because}, which may pass` }
    : { action: 'disqualify', because: say`${because}: leave it so`, reason };
}

function isQualified({ record }: Known): Advice | null {
  return record.standing.status === 'qualified' ? { action: 'convert', because: say`It is ${fact(record, 'standing', 'status')}` } : null;
}

function cannotBeReached({ record, mail, call }: Known): Advice | null {
  if (mail.open || call.open) return null;
  const facts = [...mail.facts, ...call.facts];
  const { email_opt_out, do_not_call } = record.lead;
  return email_opt_out || do_not_call
    ? { action: 'disqualify', reason: 'consent_withdrawn', because: resting(say`The person does not want to be contacted, and no other way is open`, ...facts) }
    : { action: 'disqualify', reason: 'invalid_data', because: resting(say`There is neither a mail address nor a phone number that works`, ...facts) };
}

function doesNotNeedIt({ dimensions }: Known): Advice | null {
  const need = dimensions.find(({ dimension, against }) => dimension === 'need' && against);
  return need ? { action: 'disqualify', reason: 'no_need', because: need } : null;
}

function doesNotAnswer({ record }: Known): Advice | null {
  if (record.standing.failed_attempts < MOST_FAILED_ATTEMPTS) return null;
  return { action: 'disqualify', reason: 'unreachable', because: say`${fact(record, 'standing', 'failed_attempts')} attempts to reach the person have failed` };
}

/** What nobody can be sure of before they buy, as long as somebody has said it; of the others it takes a confirmation. */
const TO_BE_KNOWN: readonly BantDimension[] = ['need', 'timeline'];

function isComplete({ dimensions }: Known): Advice | null {
  const isKnown = ({ dimension, status, against, isGuess }: Dimension): boolean =>
    !against && !isGuess && (status === 'confirmed' || (status === 'partial' && TO_BE_KNOWN.includes(dimension)));
  if (!dimensions.every(isKnown)) return null;
  return { action: 'convert', because: say`Budget and authority are confirmed, need and timeline are known: qualify it, then convert. ${together(dimensions)}` };
}

function hasNoMoneyOrTime({ dimensions }: Known): Advice | null {
  const against = dimensions.filter((one) => one.against || (one.dimension === 'timeline' && one.status === 'weak'));
  return against.length > 0 ? { action: 'add_to_nurture', because: together(against) } : null;
}

function isHot(known: Known): Advice | null {
  const { record } = known;
  if (!record.score.is_hot) return null;
  const score = resting(say`It is hot, with a score of ${fact(record, 'score', 'total_score')}`, fact(record, 'score', 'is_hot'));
  return inTouch(known, say`${score}${slaSaid(record)}`);
}

function awaitsFirstContact(known: Known): Advice | null {
  const { record } = known;
  if (isThere(fact(record, 'standing', 'first_contacted_at')) || !isRunning(record)) return null;
  const because = say`Nobody has contacted the lead yet${slaSaid(record)}`;
  return record.score.temperature === 'warm' ? inTouch(known, because) : mailFirst(known, because);
}

/** A lead that is nurtured, and shows nothing new, stays there. */
function isNurturing({ record }: Known): Advice | null {
  if (record.standing.status !== 'nurturing' || record.score.temperature === 'warm') return null;
  return { action: 'add_to_nurture', because: say`It is ${fact(record, 'standing', 'status')}, and the temperature is ${fact(record, 'score', 'temperature')}: leave it there` };
}

function isWarm(known: Known): Advice | null {
  const { record } = known;
  if (record.score.temperature !== 'warm') return null;
  const because = say`The temperature is ${fact(record, 'score', 'temperature')}, with a score of ${fact(record, 'score', 'total_score')}`;
  const next = fact(record, 'routing', 'next_follow_up');
  return isThere(next) ? mailFirst(known, say`${because}, and the next follow-up is due on ${next}`) : inTouch(known, because);
}

/** What is left. */
function isCold(known: Known): Advice {
  const { record } = known;
  const because = say`The temperature is ${fact(record, 'score', 'temperature')}, and the lead is ${fact(record, 'standing', 'status')}`;
  if (record.standing.status === 'new') return mailFirst(known, because);
  return { action: 'add_to_nurture', because };
}

const fact = factOf;

/** By phone where that is allowed, else by mail. */
function inTouch({ mail, call }: Known, because: Said): Advice {
  return call.open
    ? { action: 'schedule_call', because: resting(because, ...call.facts) } : { action: 'send_follow_up', because: resting(because, ...mail.facts) };
}

function mailFirst({ mail, call }: Known, because: Said): Advice {
  return mail.open
    ? { action: 'send_follow_up', because: resting(because, ...mail.facts) } : { action: 'schedule_call', because: resting(because, ...call.facts) };
}

const isRunning = ({ routing: { sla } }: LeadRecord): boolean => sla?.state === 'running' || sla?.state === 'breached';

function slaSaid({ routing: { sla } }: LeadRecord): Said {
  if (!sla?.due_at || (sla.state !== 'running' && sla.state !== 'breached')) return { because: '', facts: [] };
  const [state, due] = [{ field: 'routing.sla.state', value: sla.state }, { field: 'routing.sla.due_at', value: sla.due_at }];
  return sla.state === 'breached' ? resting(say`; its first contact was due at ${due}`, state) : resting(say`; its first contact is due at ${due}`, state);
}

function mailOf({ lead: { email, email_valid, email_opt_out } }: LeadRecord): Way {
  const facts = [{ field: 'lead.email_valid', value: email_valid ?? null }, { field: 'lead.email_opt_out', value: email_opt_out ?? null }];
  return { open: Boolean(email) && email_valid !== false && !email_opt_out, facts: [{ field: 'lead.email', value: email ?? null }, ...facts] };
}

function callOf(record: LeadRecord): Way {
  const { phone, phone_valid, mobile, mobile_valid, do_not_call } = record.lead;
  const works = (number: string | null | undefined, valid: boolean | null | undefined): boolean => Boolean(number) && valid !== false;
  const facts = (['phone', 'phone_valid', 'mobile', 'mobile_valid', 'do_not_call'] as const).map((key) => factOf(record, 'lead', key)).filter(isThere);
  return { open: !do_not_call && (works(phone, phone_valid) || works(mobile, mobile_valid)), facts };
}

function requestFor({ lead_id, standing: { status } }: LeadRecord, { action, reason }: Advice): CopilotRequest | null {
  const path = `/api/v1/crm/leads/${lead_id}`;
  if (action === 'convert') {
    return status === 'qualified'
      ? { method: 'POST', path: `${path}/convert`, body: { create_customer: true } } : { method: 'POST', path: `${path}/qualify`, body: { qualified: true } };
  }
  if (action === 'disqualify' && status !== 'disqualified') {
    return { method: 'PATCH', path, body: { status: 'disqualified', disqualification_reason: reason } };
  }
  return action === 'add_to_nurture' && status !== 'nurturing' ? { method: 'PATCH', path, body: { status: 'nurturing' } } : null;
}
