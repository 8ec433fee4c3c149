import { setTimeout as delay } from 'node:timers/promises';
import type { ApiClient } from '../api-client';
import type { Say } from '../terminal';
import type { SampleLead } from './documents';

/** What became of one submission, from the post to the owner. */
export interface Journey {
  name: string;
  company: string;
  /** undefined for a lead that was there before */
  captured?: { verdict: string; ms: number };
  score: { total_score: number; grade: string; temperature: string } | null;
  owner: string | null;
  because: string | null;
  status: string | null;
  /** from the post until score and owner were there; null when they were not in time */
  routedMs?: number | null;
}

interface Lead {
  id: number;
  full_name: string | null;
  first_name: string | null;
  last_name: string | null;
  company_name: string | null;
  status: string | null;
  lead_score: Journey['score'];
  owner: { name: string } | null;
}

interface CapturedLead {
  id: number;
  verdict: string;
}

const LEADS = '/api/v1/crm/leads';
const LOOK_AGAIN_MS = 50;
const DECIDED_WITHIN_MS = 20_000;
const SHOWN = 10;

/** Posts the samples one after the other, as senders would, and follows each until it has a score and an owner. */
export async function sendSampleLeads(api: ApiClient, samples: SampleLead[], signal: AbortSignal, say: Say): Promise<Journey[]> {
  const journeys: Promise<Journey>[] = [];
  for (const [index, sample] of samples.entries()) {
    say(`sending ${index + 1} of ${samples.length}`);
    const posted = performance.now();
    const { id, verdict } = await capture(api, sample, signal);
    const captured = { verdict, ms: performance.now() - posted };
    const journey = follow(api, id, posted, signal).then((rest) => ({ ...rest, captured }));
    journey.catch(() => undefined); // raised below, where all are awaited: a later post may fail before that
    journeys.push(journey);
  }
  say('waiting for scores and owners');
  return Promise.all(journeys);
}

/** The newest leads of the tenant, as they are now. */
export async function presentLeads(api: ApiClient): Promise<Journey[]> {
  const leads = await api.get<Lead[]>(`${LEADS}?limit=${SHOWN}`);
  return Promise.all(leads.map((lead) => describe(api, lead)));
}

/** Accepted for later (202) is no lead yet; the same request again gets the answer as soon as there is one. */
async function capture(api: ApiClient, { lead, idempotency_key }: SampleLead, signal: AbortSignal): Promise<CapturedLead> {
  for (;;) {
    const { status, data } = await api.send<CapturedLead>('POST', LEADS, lead, { 'idempotency-key': idempotency_key });
    if (status !== 202) return data;
    await delay(LOOK_AGAIN_MS, undefined, { signal });
  }
}

async function follow(api: ApiClient, id: number, posted: number, signal: AbortSignal): Promise<Journey> {
  const deadline = posted + DECIDED_WITHIN_MS;
  let lead = await api.get<Lead>(`${LEADS}/${id}`);
  while (!isDecided(lead) && performance.now() < deadline) {
    await delay(LOOK_AGAIN_MS, undefined, { signal });
    lead = await api.get<Lead>(`${LEADS}/${id}`);
  }
  const routedMs = isDecided(lead) ? performance.now() - posted : null;
  return { ...(await describe(api, lead)), routedMs };
}

function isDecided({ lead_score, owner }: Lead): boolean {
  return Boolean(lead_score && owner);
}

async function describe(api: ApiClient, lead: Lead): Promise<Journey> {
  const { decision } = await api.get<{ decision: { because: string } | null }>(`${LEADS}/${lead.id}/routing`);
  return {
    name: lead.full_name ?? [lead.first_name, lead.last_name].filter(Boolean).join(' '),
    company: lead.company_name ?? '',
    score: lead.lead_score,
    owner: lead.owner?.name ?? null,
    because: decision?.because ?? null,
    status: lead.status,
  };
}
