import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { NoteAdded, type AssessmentSummary, type NewEvent, type ScoreOverride } from '@headwater/contracts';
import { LeadTies, Outbox, type Cause } from '@headwater/messaging';
import type { NoteReading } from '@headwater/notes';
import type { Tx } from '@headwater/platform';
import { proposalsOf } from './domain/assessing/propose';
import type { Decision } from './domain/decision';
import type { Exit, Terms } from './domain/nurturing/enrolment';
import { FollowNurturing } from './nurturing/follow-nurturing';
import { stateEvent } from './state-event';
import { AssessmentsStore, type NewProposal } from './store/assessments.store';
import { HistoriesStore, type KeptNote } from './store/histories.store';
import { StatusesStore } from './store/statuses.store';

export interface Recorded {
  decision: Decision;
  cause: Cause;
  scoreOverride?: ScoreOverride | null;
  /** how a lead is nurtured that begins to be by it, and why one is no longer; the rules and the transition say it where it isn't said */
  enrolment?: Terms;
  exit?: Exit;
  /** where the lead stands by what was found out */
  assessment?: AssessmentSummary | null;
  /** what its notes say, in their order; they are proposed */
  readings?: readonly NoteReading[];
  /** what else is told of it, after its state and notes */
  events?: readonly NewEvent[];
}

/** Stores what was decided, and announces it, in the transaction that holds the leads' locks. */
@Injectable()
export class RecordDecisions {
  constructor(
    private readonly statuses: StatusesStore, private readonly histories: HistoriesStore, private readonly outbox: Outbox,
    private readonly ties: LeadTies, private readonly nurturing: FollowNurturing, private readonly assessments: AssessmentsStore,
  ) {}

  /** @returns for each decision the id of the event that tells the new state; null where it tells none */
  async record(tx: Tx, entries: Recorded[]): Promise<(string | null)[]> {
    await this.statuses.save(tx, entries.map(({ decision }) => decision.lead));
    await this.ties.outrank(tx, entries.flatMap(({ decision }) => (decision.outranks ? [decision.lead] : [])));
    await this.histories.addTransitions(tx, entries.flatMap(({ decision: { lead, transitions } }) =>
      transitions.map((transition) => ({ ...transition, tenant_id: lead.tenant_id, lead_id: lead.lead_id }))));
    const notes = entries.map(({ decision }) => notesOf(decision));
    await this.histories.addNotes(tx, notes.flat());
    await this.nurturing.follow(tx, entries);
    await this.assessments.propose(tx, entries.flatMap(({ readings = [] }, i) => notes[i].flatMap((note, j) => proposedBy(note, readings[j]))));

    const told = entries.filter(({ decision }) => decision.announce);
    const ids = await this.outbox.add(tx, [
      ...told.map((entry) => ({ event: decisionEvent(entry), cause: entry.cause })),
      ...entries.flatMap(({ cause }, i) => notes[i].map((note) => ({ event: noteEvent(note), cause }))),
      ...entries.flatMap(({ cause, events = [] }) => events.map((event) => ({ event, cause }))),
    ]);
    return entries.map((entry) => (entry.decision.announce ? ids[told.indexOf(entry)] : null));
  }
}

const notesOf = ({ lead, notes, by }: Decision): KeptNote[] => notes.map(({ cause, text }) =>
  ({ id: randomUUID(), tenant_id: lead.tenant_id, lead_id: lead.lead_id, author: by.actor, cause, text, at: by.at }));

const proposedBy = ({ id, tenant_id, lead_id, at }: KeptNote, reading: NoteReading | undefined): NewProposal[] =>
  (reading ? proposalsOf(reading, { id }, at) : []).map((proposal) => ({ ...proposal, tenant_id, lead_id }));

const decisionEvent = ({ decision: { lead, transitions }, scoreOverride, assessment }: Recorded): NewEvent =>
  stateEvent(lead, { transitions, ...(scoreOverride ? { score_override: scoreOverride } : {}), ...(assessment ? { assessment } : {}) });

const noteEvent = ({ id, tenant_id, lead_id, author, cause, text, at }: KeptNote): NewEvent =>
  NoteAdded.of(tenant_id, id, {
    note_id: id, about: 'lead', about_id: lead_id, kept_by: 'qualification', text, author, cause, at,
  }, { leadId: lead_id });
