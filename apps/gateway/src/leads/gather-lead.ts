import { Injectable, Logger } from '@nestjs/common';
import {
  DomainError, GetAssignments, GetLeads, GetScores, GetStatuses,
  type AnswerOf, type Context, type IntakeState, type RequestDefinition,
} from '@headwater/contracts';
import { AskTogether, Requester } from '@headwater/messaging';
import type { Owner } from './etag';
import type { LeadParts } from './lead-view';

/** How long an answer waits for a part that it can do without. */
const PATIENCE_MS = 300;
/** And for the one that it can't do without. */
const INTAKE_PATIENCE_MS = 5_000;

export interface Gathered<T> {
  found: T;
  /** owners that did not answer in time */
  missing: Owner[];
}

/** What an answer says beside its data where a part of it did not come in time. */
export const metaOf = (missing: Owner[]): { meta?: { missing: Owner[] } } => (missing.length > 0 ? { meta: { missing } } : {});

type OtherParts = Omit<LeadParts, 'intake'>;

/** Collects what the owners know of leads, in parallel. */
@Injectable()
export class GatherLead {
  private readonly logger = new Logger(GatherLead.name);

  private readonly leads: AskTogether<AnswerOf<typeof GetLeads>>;
  private readonly scores: AskTogether<AnswerOf<typeof GetScores>>;
  private readonly assignments: AskTogether<AnswerOf<typeof GetAssignments>>;
  private readonly statuses: AskTogether<AnswerOf<typeof GetStatuses>>;

  constructor(private readonly requester: Requester) {
    this.leads = new AskTogether(requester, GetLeads, INTAKE_PATIENCE_MS);
    this.scores = new AskTogether(requester, GetScores, PATIENCE_MS);
    this.assignments = new AskTogether(requester, GetAssignments, PATIENCE_MS);
    this.statuses = new AskTogether(requester, GetStatuses, PATIENCE_MS);
  }

  /**
   * One lead. Owners whose part is `known` already aren't asked.
   * @throws DomainError `not_found`, and `unavailable` when intake, which alone can tell, doesn't answer
   */
  async one({ tenant }: Pick<Context, 'tenant'>, id: number, known: Partial<LeadParts> = {}): Promise<Gathered<LeadParts>> {
    const [intake, others] = await Promise.all([
      known.intake ?? this.intakeOf(tenant.id, id), this.others(tenant.id, [id], known),
    ]);
    return { found: { intake, ...others.found(id), ...known }, missing: others.missing };
  }

  /** The other parts of leads that intake has listed, in its order. */
  async many({ tenant }: Pick<Context, 'tenant'>, leads: IntakeState[]): Promise<Gathered<LeadParts[]>> {
    if (leads.length === 0) return { found: [], missing: [] };
    const others = await this.others(tenant.id, leads.map(({ lead_id }) => lead_id));
    return { found: leads.map((intake) => ({ intake, ...others.found(intake.lead_id) })), missing: others.missing };
  }

  private async intakeOf(tenant: string, id: number): Promise<IntakeState> {
    const { leads, primaries } = await this.leads.about({ tenant, ids: [id] });
    const lead = leads.find(({ lead_id }) => lead_id === id);
    if (!lead) throw DomainError.notFound('Lead');
    // Where it went in the end: that one may have been merged, too.
    const primary = primaries?.find(({ lead_id }) => lead_id === id);
    return primary ? { ...lead, merged_into: primary.primary_id } : lead;
  }

  private async others(tenant: string, ids: number[], known: Partial<OtherParts> = {}) {
    const missing: Owner[] = [];
    const part = async <K extends keyof OtherParts, Answer>(
      owner: K, asking: AskTogether<Answer>, statesOf: (answer: Answer) => NonNullable<OtherParts[K]>[],
    ): Promise<Map<number, NonNullable<OtherParts[K]>>> => {
      if (known[owner]) return new Map();
      const states = await this.orNull(owner, asking.about({ tenant, ids }).then(statesOf));
      if (!states) missing.push(owner);
      return new Map((states ?? []).map((state) => [state.lead_id, state]));
    };
    const [scoring, routing, qualification] = await Promise.all([
      part('scoring', this.scores, ({ scores }) => scores),
      part('routing', this.assignments, ({ assignments }) => assignments),
      part('qualification', this.statuses, ({ statuses }) => statuses),
    ]);
    const found = (id: number): OtherParts => ({
      scoring: scoring.get(id) ?? null, routing: routing.get(id) ?? null, qualification: qualification.get(id) ?? null,
    });
    return { found, missing: missing.sort() };
  }

  /** What an owner says, or null when it doesn't within the patience of a reader. */
  async inTime<Question, Answer, T>(
    request: RequestDefinition<Question, Answer>, question: Question, read: (answer: Answer) => T,
  ): Promise<T | null> {
    return this.orNull(request.subject, this.requester.ask(request, question, { timeoutMs: PATIENCE_MS }).then(read));
  }

  private async orNull<T>(asked: string, answer: Promise<T>): Promise<T | null> {
    try {
      return await answer;
    } catch (error) {
      this.logger.warn({ err: error, asked }, 'A part is missing in an answer');
      return null;
    }
  }
}
