import fc from 'fast-check';
import { AWARENESS_STAGES, BANT, DISQUALIFICATION_REASONS, STATUSES, TEMPERATURES, type Contribution } from '@headwater/contracts';
import type { Assessed, LeadFields, LeadRecord } from '../src/domain/copilot/lead-record';

export const NOW = '2026-03-02T09:00:00.000Z';

type Given = { [Part in 'lead' | 'score' | 'routing' | 'standing']?: Partial<LeadRecord[Part]> } & Partial<Pick<LeadRecord, 'notes' | 'assessment'>>;

/** A lead of which hardly anything is known. */
export const record = ({ notes = [], assessment = {}, ...given }: Given = {}): LeadRecord => ({
  lead_id: 7, now: NOW, today: NOW.slice(0, 10), notes, assessment,
  lead: { last_name: 'Ito', email: 'ito@example.com', email_valid: true, ...given.lead },
  score: {
    total_score: 12, behavioral_score: 0, demographic_score: 12, grade: 'F', temperature: 'suspect', is_hot: false, hot_reasons: [], rating: null, mql: false,
    contributions: [], ...given.score,
  },
  routing: { owner: null, next_follow_up: null, sla: null, ...given.routing },
  standing: { status: 'new', lifecycle_stage: 'suspect', disqualification_reason: null, first_contacted_at: null, failed_attempts: 0, awareness: null, ...given.standing },
});

/** Words that occur nowhere but in what the record says: whatever of them is in an answer came from it. */
const made = fc.stringMatching(/^[A-Z][a-z]{6,9}$/).map((word) => `X${word.toLowerCase()}q`);
const maybe = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: null });
const day = fc.date({ min: new Date('2026-03-05'), max: new Date('2027-12-20'), noInvalidDate: true }).map((date) => date.toISOString());

const noteText = fc.oneof(
  fc.integer({ min: 10, max: 900 }).map((amount) => `Budget of $${amount}K approved`), made.map((name) => `${name} said they have no budget this year`),
  fc.constant('The CFO decides'), fc.integer({ min: 30, max: 200 }).map((days) => `Wants to go live within ${days} days`),
  made.map((name) => `They struggle with ${name}, and need a better way`), fc.constant('They do not need anything'), fc.constant('No rush at all'),
);
const fields: fc.Arbitrary<LeadFields> = fc.record({
  first_name: maybe(made), last_name: made, full_name: maybe(made), company_name: maybe(made), job_title: maybe(fc.oneof(made, fc.constantFrom('CTO', 'Head of IT', 'Buyer'))),
  industry: maybe(fc.constantFrom('finance', 'technology', 'other', 'retail')), annual_revenue: maybe(fc.integer({ min: 1_000, max: 99_999_999 })),
  employees: maybe(fc.integer({ min: 1, max: 99_999 })), email: maybe(fc.constant('someone@example.com')), email_valid: maybe(fc.boolean()),
  phone: maybe(fc.constant('+493012345678')), phone_valid: maybe(fc.boolean()), email_opt_out: maybe(fc.boolean()), do_not_call: maybe(fc.boolean()),
  budget: maybe(fc.integer({ min: 5_000, max: 900_000 }).map((amount) => `EUR ${amount}`)),
  timeline: maybe(fc.integer({ min: 20, max: 300 }).map((days) => `within ${days} days`)), estimated_value: maybe(fc.integer({ min: 1_000, max: 999_999 })),
  currency: maybe(fc.constantFrom('EUR', 'USD')), city: maybe(made), country: maybe(fc.constantFrom('DE', 'US', 'FR')), description: maybe(noteText),
});

const note = fc.record({
  id: fc.uuid(), text: noteText, at: fc.constant('2026-02-20T23:30:00.000-05:00'), dismissed: fc.subarray([...BANT]),
});

const line: fc.Arbitrary<Contribution> = fc.oneof(
  fc.record({
    part: fc.constant('behavioral' as const), points: fc.integer({ min: -1_500, max: 2_500 }), times: fc.integer({ min: 1, max: 9 }),
    signal: fc.constantFrom('demo_request', 'pricing_view', 'webinar', 'content_download', 'web_visit', 'form_submission', 'call'),
  }).map(({ part, points, times, signal }) => ({ part, points, rule: `signal.${signal}`, because: `${times} × ${signal}, the latest within a day` })),
  fc.integer({ min: 200, max: 1_400 }).map((points) => ({ part: 'demographic' as const, points, rule: 'seniority', because: 'job title has "cto": c_level' })),
);

const assessed: fc.Arbitrary<Assessed> = fc.record({
  status: fc.constantFrom('unknown', 'weak', 'partial', 'confirmed'), value: maybe(fc.integer({ min: 1, max: 999_999 }).map((amount) => `${amount} EUR`)), evidence: maybe(made), by: maybe(made), denied: fc.boolean(),
});
const assessment = fc.record({ budget: assessed, authority: assessed, need: assessed, timeline: assessed }, { requiredKeys: [] });

/** Leads of every kind that are still to be decided about. */
export const records: fc.Arbitrary<LeadRecord> = fc.record({
  lead: fields, notes: fc.uniqueArray(note, { maxLength: 2, selector: ({ id }) => id }), assessment: fc.oneof(fc.constant({}), assessment),
  contributions: fc.uniqueArray(line, { maxLength: 6, selector: ({ rule }) => rule }), total: fc.integer({ min: 0, max: 100 }), rating: maybe(fc.integer({ min: 0, max: 5 })),
  temperature: fc.constantFrom(...TEMPERATURES), owner: maybe(made), next: maybe(day.map((at) => at.slice(0, 10))),
  sla: maybe(fc.record({ state: fc.constantFrom('running' as const, 'breached' as const, 'met' as const, 'paused' as const), due_at: maybe(day) })),
  status: fc.constantFrom(...STATUSES.filter((status) => status !== 'converted')), reason: fc.constantFrom(...DISQUALIFICATION_REASONS),
  contacted: maybe(fc.constant('2026-02-01T10:00:00.000Z')), failed: fc.integer({ min: 0, max: 5 }), awareness: maybe(fc.constantFrom(...AWARENESS_STAGES)),
}).map((one) => record({
  lead: one.lead, notes: one.notes, assessment: one.assessment,
  score: {
    total_score: one.total, temperature: one.temperature, rating: one.rating, contributions: one.contributions, is_hot: one.temperature === 'hot' || (one.rating ?? 0) >= 4,
  },
  routing: { owner: one.owner, next_follow_up: one.next, sla: one.sla },
  standing: {
    status: one.status, disqualification_reason: one.status === 'disqualified' ? one.reason : null, first_contacted_at: one.contacted, failed_attempts: one.failed, awareness: one.awareness,
  },
}));

/** The value that a fact names, out of the record. */
export function valueAt(lead: LeadRecord, field: string): unknown {
  const [part, ...rest] = field.split('.');
  if (part === 'notes') {
    const found = lead.notes.find(({ id }) => id === rest[0]);
    return found?.[rest[1] as 'text' | 'at'];
  }
  if (field.startsWith('score.contributions.')) return contributionAt(lead, field.slice('score.contributions.'.length));
  return rest.reduce<unknown>((value, key) => (value as Record<string, unknown> | null | undefined)?.[key] ?? null, (lead as unknown as Record<string, unknown>)[part]);
}

function contributionAt({ score }: LeadRecord, rule: string): unknown {
  const points = rule.endsWith('.points');
  const found = score.contributions.find((one) => one.rule === (points ? rule.slice(0, -'.points'.length) : rule));
  return points ? found?.points : found?.because;
}

/** The record with another value there. */
export function changedAt(lead: LeadRecord, { field, value }: { field: string; value: unknown }): LeadRecord {
  const copy = structuredClone(lead) as unknown as Record<string, unknown>;
  const [part, ...rest] = field.split('.');
  const other = otherThan(value, field);
  if (field === 'lead.description') return { ...lead, lead: { ...lead.lead, description: lead.lead.description!.replace(String(value), other as string) } };
  if (part === 'notes') {
    const found = (copy.notes as { id: string; text: string; at: string }[]).find(({ id }) => id === rest[0])!;
    if (rest[1] === 'at') found.at = found.at.replace(/^\d{4}-\d{2}-\d{2}/, other as string);
    else found.text = found.text.replace(String(value), other as string);
    return copy as unknown as LeadRecord;
  }
  if (field.startsWith('score.contributions.')) {
    const rule = field.slice('score.contributions.'.length);
    const points = rule.endsWith('.points');
    const found = (copy.score as { contributions: Contribution[] }).contributions.find((one) => one.rule === (points ? rule.slice(0, -'.points'.length) : rule))!;
    Object.assign(found, points ? { points: other } : { because: other });
    return copy as unknown as LeadRecord;
  }
  const holder = rest.slice(0, -1).reduce<Record<string, unknown>>((at, key) => at[key] as Record<string, unknown>, copy[part] as Record<string, unknown>);
  holder[rest[rest.length - 1]] = other;
  return copy as unknown as LeadRecord;
}

const ENUMS: Readonly<Record<string, readonly unknown[]>> = {
  'standing.status': ['new', 'contacted', 'nurturing', 'qualified'], 'score.temperature': ['cold', 'warm', 'hot', 'suspect'], 'routing.sla.state': ['running', 'breached', 'met'],
  'standing.disqualification_reason': DISQUALIFICATION_REASONS,
};

function otherThan(value: unknown, field: string): unknown {
  const choices = ENUMS[field] ?? (/^assessment\..*\.status$/.test(field) ? ['weak', 'partial', 'confirmed'] : undefined);
  if (choices) return choices.find((choice) => choice !== value);
  if (typeof value === 'boolean') return !value;
  if (typeof value === 'number') return value + 1;
  if (value === null) return field.startsWith('lead.email_') || field === 'lead.do_not_call' ? true : field === 'lead.estimated_value' || field.startsWith('score.') ? 41 : 'Xanother';
  return /^\d{4}-\d{2}-\d{2}/.test(String(value)) ? String(value).replace(/^\d{4}/, (year) => String(Number(year) - 1)) : `${String(value)} Xother`;
}
