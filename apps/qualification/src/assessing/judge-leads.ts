import { Injectable } from '@nestjs/common';
import type { AssessmentSummary, IntakeState, LeadScoreView, QualifyBody, Warning } from '@headwater/contracts';
import type { NoteReading } from '@headwater/notes';
import type { Tx } from '@headwater/platform';
import { assess, summaryOf } from '../domain/assessing/assess';
import { segmentFacts } from '../domain/assessing/gate-facts';
import { chooseGate, frameworkOf, tryGate } from '../domain/assessing/gate-policy';
import { gateNotPassed, gateRemark } from '../domain/assessing/gate-answers';
import { givenWith, saidBy, type Given } from '../domain/assessing/given';
import { proposalsOf } from '../domain/assessing/propose';
import { readDrafts } from '../domain/assessing/read-drafts';
import type { SaidOfElement } from '../domain/assessing/standing';
import type { Decision } from '../domain/decision';
import type { LeadStatus } from '../domain/lead-status';
import { AssessmentsStore, type NewAssessment } from '../store/assessments.store';
import type { LeadKey } from '../store/statuses.store';
import { FrameworksInForce, type InForce } from './frameworks-in-force';

/** What is known of a judgement before the lead is held. */
export interface Prepared { inForce: InForce; given: Given[]; asksForLead: boolean }

/** What surrounds a judgement. @property lead null where nobody asks for it. @property score as it counts for the gate. @property said of it before, as `said` has it */
export interface Surroundings { body: QualifyBody; timeZone: string; lead: IntakeState | null; score: LeadScoreView | null; said: readonly SaidOfElement[] }

/** What becomes of a judgement. */
export interface Judgement {
  /** what the notes say, to be proposed */
  readings: NoteReading[];
  /** by the framework that counts; for the event */
  summary: AssessmentSummary | null;
  /** by each framework that elements were given of; for the answer */
  given: AssessmentSummary[];
  warnings: Warning[];
  kept: NewAssessment[];
}

/** Weighs what a person says of a lead, with what was known of it before and what the notes say, and holds it to the tenant's gate. */
@Injectable()
export class JudgeLeads {
  constructor(private readonly inForce: FrameworksInForce, private readonly store: AssessmentsStore) {}

  /** @throws DomainError `invalid`: an element or a framework that there isn't */
  async prepare(tenant: string, body: QualifyBody): Promise<Prepared> {
    return preparedBy(await this.inForce.of(tenant), body);
  }

  /** The same of several judgements, as far as they can be made. @returns for each what `prepare` does, or throws */
  async prepareAll(tx: Tx, all: readonly { tenant: string; body: QualifyBody }[]): Promise<(() => Prepared)[]> {
    const inForce = new Map<string, InForce>();
    for (const tenant of new Set(all.map((one) => one.tenant))) inForce.set(tenant, await this.inForce.of(tenant, tx));
    return all.map(({ tenant, body }) => () => preparedBy(inForce.get(tenant)!, body));
  }

  /**
   * What a decision about a lead, whose lock is held, is worth by what is known.
   * @throws DomainError `gate_not_passed`, with all that is lacking, where the gate is enforced
   */
  judge({ inForce, given }: Prepared, { lead: moved, notes, by }: Decision, around: Surroundings): Judgement {
    const { body } = around;
    const readings = readDrafts(notes, by.at, around.timeZone);
    const persons = given.map((one) => saidBy(one, by));
    const said = [
      ...persons.flat(), ...readings.flatMap((reading) => proposalsOf(reading, { id: null }, by.at)).reverse(),
      ...around.said,
    ];
    const facts = around.lead ? segmentFacts(around.lead, around.score) : {};
    const chosen = chooseGate(inForce.gates, facts);
    const framework = inForce.frameworks.get(frameworkOf(chosen.gate))!;
    const outcome = tryGate(chosen, framework, said, facts);
    if (body.qualified && outcome.gate === 'enforce' && outcome.lacks.length > 0) throw gateNotPassed(outcome);
    const summaries = given.map((one) => summaryOf(assess(one.framework, said)));
    const summary = summaries.find((one) => one.framework === framework.name) ?? summaries[0] ?? summaryOf(assess(framework, said));
    return {
      readings, summary, given: summaries,
      warnings: body.qualified && outcome.gate === 'warn' && outcome.lacks.length > 0 ? [gateRemark(outcome)] : [],
      kept: keptOf(moved, body, by, summary, summaries, persons),
    };
  }

  /** What was said of leads before, in their order. Exact under their locks. */
  said(tx: Tx, leads: readonly LeadKey[]): Promise<SaidOfElement[][]> {
    return this.store.saidOf(leads, tx);
  }

  async keep(tx: Tx, judgements: readonly Judgement[]): Promise<void> {
    await this.store.add(tx, judgements.flatMap(({ kept }) => kept));
  }
}

const preparedBy = (inForce: InForce, body: QualifyBody): Prepared =>
  ({ inForce, given: givenWith(body, inForce.frameworks), asksForLead: body.qualified && inForce.gates.asksForLead });

/** One for each framework; the decision stands in that of the framework that counts. */
function keptOf(
  { tenant_id, lead_id }: LeadStatus, body: QualifyBody, { actor, at }: { actor: string; at: string }, counting: AssessmentSummary,
  summaries: readonly AssessmentSummary[], persons: readonly SaidOfElement[][],
): NewAssessment[] {
  const decided = { qualified: body.qualified, reason: body.disqualification_reason ?? null, notes: body.qualification_notes ?? null };
  const open = { qualified: null, reason: null, notes: null };
  const kept = (summary: AssessmentSummary, elements: SaidOfElement[]): NewAssessment =>
    ({ tenant_id, lead_id, summary, elements, by: actor, at, ...(summary === counting ? decided : open) });
  return summaries.length === 0 ? [kept(counting, [])] : summaries.map((summary, i) => kept(summary, persons[i]));
}
