import { Injectable } from '@nestjs/common';
import type { AnswerOf, Assessment, FrameworkAssessment, ListAssessments, QuestionOf } from '@headwater/contracts';
import { assess } from '../domain/assessing/assess';
import { openProposals, type SaidOfElement } from '../domain/assessing/standing';
import { fitAnswer } from '../domain/assessing/fit-answer';
import { frameworkOf } from '../domain/assessing/gate-policy';
import { KnowLeads } from '../know-leads';
import { AssessmentsStore, type DismissedReading, type StoredAssessment } from '../store/assessments.store';
import { FrameworksInForce, type InForce } from './frameworks-in-force';
import { proposalView } from './proposal-view';

/** Where leads stand by what was found out about them, and how that came about. */
@Injectable()
export class ReadAssessments {
  constructor(private readonly know: KnowLeads, private readonly store: AssessmentsStore, private readonly inForce: FrameworksInForce) {}

  /**
   * Where a lead stands, with those that were merged into it: by the framework that the tenant qualifies by, and by those that
   * something was said of. The first one is the tenant's.
   */
  async current(tenant: string, leadId: number): Promise<FrameworkAssessment[]> {
    const [inForce, said] = await Promise.all([this.inForce.of(tenant), this.store.said(tenant, leadId)]);
    return currentOf(inForce, said);
  }

  /** What notes of the lead, and of those that were merged into it, were read to say, and somebody has dismissed. */
  dismissed(tenant: string, leadId: number): Promise<DismissedReading[]> {
    return this.store.dismissed(tenant, leadId);
  }

  /** @throws DomainError `not_found` */
  async list({ context: { tenant }, lead_id }: QuestionOf<typeof ListAssessments>): Promise<AnswerOf<typeof ListAssessments>> {
    await this.know.require(tenant.id, lead_id);
    const [inForce, said, proposals, assessments] = await Promise.all([
      this.inForce.of(tenant.id), this.store.said(tenant.id, lead_id), this.store.openProposals(tenant.id, lead_id), this.store.list(tenant.id, lead_id),
    ]);
    return {
      assessments: fitAnswer({
        current: currentOf(inForce, said), proposals: openProposals(proposals, said).map(proposalView),
        assessments: assessments.map(viewOf),
      }),
    };
  }
}

function currentOf({ frameworks, gates }: InForce, said: readonly SaidOfElement[]): FrameworkAssessment[] {
  const names = new Set([frameworkOf(gates.default), ...said.map(({ framework }) => framework)]);
  return [...names].flatMap((name) => {
    const framework = frameworks.get(name);
    return framework ? [assess(framework, said)] : [];
  });
}

/** As it was judged then. */
function viewOf({ tenant_id: _, summary, elements, ...assessment }: StoredAssessment): Assessment {
  return {
    ...assessment,
    elements: elements.map(({ element, status, value, details, evidence, confidence }) => ({ element, status, value, details, evidence, confidence })),
    framework: summary?.framework ?? null, version: summary?.version ?? null, score: summary?.score ?? null,
    verdict: summary?.verdict ?? null, missing: summary?.missing ?? null,
  };
}
