import { Injectable } from '@nestjs/common';
import {
  DomainError, LeadAssessed, type AnswerOf, type AssessLead, type Context, type DecideProposal, type FrameworkAssessment, type LeadAssessedData, type QuestionOf,
} from '@headwater/contracts';
import { causedByRequest, Outbox } from '@headwater/messaging';
import type { Tx } from '@headwater/platform';
import { assess, summaryOf } from '../domain/assessing/assess';
import { givenIn, saidBy } from '../domain/assessing/given';
import type { NamedFramework } from '../domain/assessing/frameworks';
import { acceptedBy, type SaidOfElement } from '../domain/assessing/standing';
import { nameOf, type By } from '../domain/lead-status';
import { HoldLead } from '../hold-lead';
import { AssessmentsStore, type StoredProposal } from '../store/assessments.store';
import type { LeadKey, Locked } from '../store/statuses.store';
import { FrameworksInForce } from './frameworks-in-force';
import { proposalView } from './proposal-view';

/** Where a lead stands, by an assessment that was made or without one. @property elements that something was said of */
interface Assessed { assessment: FrameworkAssessment; assessment_id: number | null; elements: string[] }

/** Records what people find out about leads; nothing of it is ever changed. */
@Injectable()
export class AssessLeads {
  constructor(
    private readonly holding: HoldLead, private readonly store: AssessmentsStore, private readonly inForce: FrameworksInForce,
    private readonly outbox: Outbox,
  ) {}

  /** Elements that it doesn't name stay as they are. @throws DomainError as `AssessLead` */
  async assess({ context, lead_id, body }: QuestionOf<typeof AssessLead>): Promise<AnswerOf<typeof AssessLead>> {
    const given = givenIn(body, (await this.inForce.of(context.tenant.id)).frameworks);
    return this.held({ context, lead_id }, async (tx, lead, by) => {
      const assessed = await this.add(tx, lead, given.framework, saidBy(given, by), by);
      await this.tell(tx, context, lead, { cause: 'assessment', proposal_id: null, ...assessed }, by);
      return { assessment: assessed.assessment };
    });
  }

  /** Accepted, what a note says becomes the person's own judgement, with its evidence. @throws DomainError as `DecideProposal` */
  async decide({ context, proposal_id, decision }: QuestionOf<typeof DecideProposal>): Promise<AnswerOf<typeof DecideProposal>> {
    const tenant = context.tenant.id;
    const [lead_id, { frameworks }] = await Promise.all([this.store.leadOfProposal(tenant, proposal_id), this.inForce.of(tenant)]);
    if (lead_id === undefined) throw DomainError.notFound('Proposal');
    return this.held({ context, lead_id }, async (tx, lead, by) => {
      const proposal = (await this.store.lockProposal(tx, lead, proposal_id))!;
      const state = decision === 'accept' ? 'accepted' as const : 'dismissed' as const;
      if (proposal.state === state) return { proposal: proposalView(proposal) };
      if (proposal.state !== 'open') throw alreadyDecided(proposal);
      const decided = { ...proposal, state, decided_by: by.actor, decided_at: by.at };
      await this.store.decide(tx, decided);
      const framework = frameworks.get(proposal.framework)!;
      const assessed = state === 'accepted' ? await this.add(tx, lead, framework, [acceptedBy(proposal, by)], by) : await this.without(tx, lead, framework, proposal);
      await this.tell(tx, context, lead, { cause: `${state}_proposal`, proposal_id, ...assessed }, by);
      return { proposal: proposalView(decided) };
    });
  }

  private async add(tx: Tx, { tenant_id, lead_id }: LeadKey, framework: NamedFramework, elements: SaidOfElement[], by: By): Promise<Assessed> {
    const assessment = assess(framework, [...elements, ...await this.store.said(tenant_id, lead_id, tx)]);
    const [assessment_id] = await this.store.add(tx, [{
      tenant_id, lead_id, summary: summaryOf(assessment), elements, qualified: null, reason: null, notes: null, by: by.actor, at: by.at,
    }]);
    return { assessment, assessment_id, elements: elements.map(({ element }) => element) };
  }

  /** Where a lead stands without what was proposed of it. */
  private async without(tx: Tx, { tenant_id, lead_id }: LeadKey, framework: NamedFramework, { element }: StoredProposal): Promise<Assessed> {
    return { assessment: assess(framework, await this.store.said(tenant_id, lead_id, tx)), assessment_id: null, elements: [element] };
  }

  private async tell(
    tx: Tx, context: Context, { tenant_id, lead_id }: LeadKey, { assessment, ...about }: Assessed & Pick<LeadAssessedData, 'cause' | 'proposal_id'>, by: By,
  ): Promise<void> {
    const { framework, version, score, verdict, missing } = assessment;
    const event = LeadAssessed.ofLead(tenant_id, { lead_id }, { lead_id, ...about, framework, version, score, verdict, missing, ...by });
    await this.outbox.add(tx, [{ event, cause: causedByRequest(context) }]);
  }

  /** With the lead under lock, once per idempotency key. A lead that is merged is refused, with the one to write instead. */
  private held<Answer>(
    { context, lead_id }: Pick<QuestionOf<typeof AssessLead>, 'context' | 'lead_id'>, work: (tx: Tx, lead: Locked, by: By) => Promise<Answer>,
  ): Promise<Answer> {
    return this.holding.during({ context, lead_id }, (tx, lead) => work(tx, lead, { actor: nameOf(context.actor), at: lead.now }));
  }
}

const alreadyDecided = ({ state, decided_by, decided_at }: StoredProposal): DomainError =>
  DomainError.conflict('already_decided', `The proposal was ${state} by ${decided_by}`, { decision: { state, decided_by, decided_at } });
