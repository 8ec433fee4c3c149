import { Injectable, Logger } from '@nestjs/common';
import { DateTime } from 'luxon';
import {
  BANT, DomainError, ExplainScore, GetAssignments, GetLeads, GetSla, ListNotes,
  type AnswerOf, type Context, type FrameworkAssessment, type IntakeState, type Note, type RequestDefinition,
} from '@headwater/contracts';
import { LeadTies, Requester } from '@headwater/messaging';
import { Database } from '@headwater/platform';
import { ReadAssessments } from '../assessing/read-assessments';
import { ATTRIBUTION_FIELDS, FACT_FIELDS, PROFILE_FIELDS, type LeadFields, type LeadRecord } from '../domain/copilot/lead-record';
import type { Enrolment } from '../domain/nurturing/enrolment';
import { assertNotMerged, assertUnlocked } from '../domain/refusals';
import { KnowLeads } from '../know-leads';
import { EnrolmentsStore } from '../store/enrolments.store';
import type { DismissedReading } from '../store/assessments.store';
import { HistoriesStore } from '../store/histories.store';
import { StatusesStore, type Locked } from '../store/statuses.store';

/** How long an answer waits for what it can do without. */
const PATIENCE_MS = 1_000;
/** Enough to know a lead by; older ones are superseded. */
const NOTES_READ = 10;

export interface Gathered {
  record: LeadRecord;
  /** services that didn't answer in time */
  missing: string[];
}

/** Collects what the owners know of a lead, in parallel. Intake and scoring are needed, routing is not. */
@Injectable()
export class GatherRecord {
  private readonly logger = new Logger(GatherRecord.name);

  constructor(
    private readonly requester: Requester, private readonly database: Database, private readonly know: KnowLeads,
    private readonly statuses: StatusesStore, private readonly histories: HistoriesStore, private readonly ties: LeadTies,
    private readonly assessments: ReadAssessments, private readonly enrolments: EnrolmentsStore,
  ) {}

  /** @throws DomainError `not_found`; `lead_locked`, `lead_merged` where nothing is left to decide; `unavailable` */
  async gather(context: Context, leadId: number): Promise<Gathered> {
    const { id: tenant, time_zone: zone } = context.tenant;
    await this.know.require(tenant, leadId);
    const [standing] = await this.statuses.find(tenant, [leadId]);
    assertUnlocked(standing);
    assertNotMerged(standing);
    const missing = new Set<string>();
    const [{ leads: [lead] }, score, notes, ownNotes, frameworks, dismissed, [enrolment], assignments, sla] = await Promise.all([
      this.requester.ask(GetLeads, { tenant, ids: [leadId] }),
      this.requester.ask(ExplainScore, { context: own(context), lead_id: leadId }),
      this.requester.ask(ListNotes, { context: own(context), lead_id: leadId, limit: NOTES_READ }),
      this.ownNotes(tenant, leadId),
      this.assessments.current(tenant, leadId),
      this.assessments.dismissed(tenant, leadId),
      this.enrolments.latest(this.database, [{ tenant_id: tenant, lead_id: leadId }]),
      this.inTime(missing, GetAssignments, { tenant, ids: [leadId] }),
      this.inTime(missing, GetSla, { context: own(context), lead_id: leadId }),
    ]);
    if (!lead) throw DomainError.notFound('Lead');
    const record: LeadRecord = {
      lead_id: leadId, now: standing.now, today: localOf(standing.now, zone).slice(0, 'yyyy-mm-dd'.length), lead: fieldsOf(lead),
      notes: newest([...notes.notes, ...ownNotes], dismissed, zone), score: scoreOf(score),
      routing: routingOf(assignments, sla), standing: standingOf(standing, enrolment), assessment: assessmentOf(frameworks),
    };
    return { record, missing: [...missing].sort() };
  }

  private async ownNotes(tenant: string, leadId: number): Promise<Note[]> {
    const lead = { tenant_id: tenant, lead_id: leadId };
    const members = (await this.ties.families(this.database, [lead])).membersOf(lead).map(({ lead_id }) => lead_id);
    return this.histories.notes(tenant, [leadId, ...members]);
  }

  private async inTime<Question, Answer>(missing: Set<string>, request: RequestDefinition<Question, Answer>, question: Question): Promise<Answer | null> {
    try {
      return await this.requester.ask(request, question, { timeoutMs: PATIENCE_MS });
    } catch (error) {
      if (!(error instanceof DomainError) || !['unavailable', 'not_found'].includes(error.body.kind)) throw error;
      this.logger.warn({ err: error, request: request.subject }, 'The copilot answers without a part of the record');
      missing.add(request.service);
      return null;
    }
  }
}

/** Nothing is written by what is asked for an answer. */
const own = (context: Context): Context => ({ ...context, idempotency: undefined });

const newest = (notes: Note[], dismissed: readonly DismissedReading[], zone: string): LeadRecord['notes'] => notes
  .sort((a, b) => Date.parse(b.at) - Date.parse(a.at)).slice(0, NOTES_READ)
  .map(({ id, text, at }) => ({ id, text, at: localOf(at, zone), dismissed: BANT.filter((name) => dismissed.some(({ note_id, element }) => note_id === id && element === name)) }));

const localOf = (at: string, zone: string): string => DateTime.fromISO(at, { zone }).toISO() as string;

function fieldsOf({ profile, facts, attribution }: IntakeState): LeadFields {
  const chosen = <Of extends object, Key extends keyof Of>(of: Of, keys: readonly Key[]) => Object.fromEntries(keys.map((key) => [key, of[key] ?? null])) as Pick<Of, Key>;
  return { ...chosen(profile, PROFILE_FIELDS), ...chosen(facts, FACT_FIELDS), ...chosen(attribution, ATTRIBUTION_FIELDS) };
}

function scoreOf({ score, contributions }: AnswerOf<typeof ExplainScore>): LeadRecord['score'] {
  const { effective, is_hot, hot_reasons, rating, mql } = score;
  return { ...effective, is_hot, hot_reasons, rating: rating ?? null, mql, contributions };
}

function routingOf(assignments: AnswerOf<typeof GetAssignments> | null, sla: AnswerOf<typeof GetSla> | null): LeadRecord['routing'] {
  const assignment = assignments?.assignments[0];
  const clock = sla?.clocks[0];
  return {
    owner: assignment?.owner?.name ?? null, next_follow_up: assignment?.next_follow_up ?? null,
    sla: clock ? { state: clock.state, due_at: clock.due_at ?? null } : null,
  };
}

function standingOf({ status, lifecycle_stage, disqualification_reason, first_contacted_at, attempts }: Locked, enrolment?: Enrolment): LeadRecord['standing'] {
  return {
    status, lifecycle_stage, disqualification_reason, first_contacted_at, failed_attempts: attempts?.failed ?? 0,
    awareness: enrolment && enrolment.exited_at === null ? enrolment.stage : null,
  };
}

/** What people said. What is only proposed was read in notes, which the copilot reads itself. */
function assessmentOf(frameworks: FrameworkAssessment[]): LeadRecord['assessment'] {
  const elements = frameworks.find(({ framework }) => framework === 'bant')?.elements ?? [];
  return Object.fromEntries(elements.filter(({ proposed }) => !proposed).map(({ element, status, value, details, evidence, by }) => [
    element, { status, value: value ?? null, evidence: evidence[0]?.text ?? null, by: by ?? null, denied: details?.status === 'none' || details?.present === false },
  ]));
}
