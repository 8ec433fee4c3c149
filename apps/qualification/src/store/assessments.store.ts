import { Injectable } from '@nestjs/common';
import type { AssessmentSummary, DisqualificationReason, ElementProposal } from '@headwater/contracts';
import { Database, type Queries, type Tx } from '@headwater/platform';
import type { SaidOfElement } from '../domain/assessing/standing';
import { BELONGING } from './belonging';
import type { LeadKey } from './statuses.store';

/** A judgement that is made. @property summary where the lead stands by it then; null where it was judged by no framework */
export interface NewAssessment extends LeadKey {
  summary: AssessmentSummary | null;
  elements: SaidOfElement[];
  qualified: boolean | null;
  reason: DisqualificationReason | null;
  notes: string | null;
  by: string;
  at: string;
}

export interface StoredAssessment extends NewAssessment { id: number }

const ASSESSMENTS_SHOWN = 100;

const SAID = 'framework, element, status, value, details, evidence, confidence, by, at';
const SAID_RECORD = `framework text, element text, status text, value text, details jsonb, evidence jsonb, confidence double precision,
  by text, at timestamptz, proposal_id bigint`;

/** What a note was read to say. */
export type NewProposal = LeadKey & Omit<SaidOfElement, 'proposal_id' | 'proposed'>;
export type StoredProposal = NewProposal & Pick<ElementProposal, 'id' | 'state' | 'decided_by' | 'decided_at'>;

/** What a note was read to say of an element, and somebody has dismissed. */
export interface DismissedReading { element: string; note_id: string | null }

const PROPOSALS_SHOWN = 100;
const DISMISSED_READ = 1_000;
const PROPOSAL = `id, tenant_id, lead_id, ${SAID}, state, decided_by, decided_at`;

/** Every query over judgements of leads. */
@Injectable()
export class AssessmentsStore {
  constructor(private readonly database: Database) {}

  /**
   * The latest that a person said of each element of a lead or of one that was merged into it, and the latest that is
   * proposed; which of both counts is `standingOf`'s to say.
   */
  async said(tenant: string, leadId: number, queries: Queries = this.database): Promise<SaidOfElement[]> {
    return (await this.saidOf([{ tenant_id: tenant, lead_id: leadId }], queries))[0];
  }

  /** The same of several leads, in their order. */
  async saidOf(leads: readonly LeadKey[], queries: Queries): Promise<SaidOfElement[][]> {
    const rows = await queries.query<SaidOfElement & { tenant_id: string; root: number }>(`${BELONGING}
      (select distinct on (tenant_id, root, framework, element) tenant_id, root, ${SAID}, proposal_id, false as proposed
       from belonging join assessed_element using (tenant_id, lead_id) order by tenant_id, root, framework, element, at desc, id desc)
      union all
      (select distinct on (tenant_id, root, framework, element) tenant_id, root, ${SAID}, id, true
       from belonging join element_proposal using (tenant_id, lead_id) where state = 'open'
       order by tenant_id, root, framework, element, at desc, id desc)`,
    [leads.map(({ tenant_id }) => tenant_id), leads.map(({ lead_id }) => lead_id)]);
    return leads.map((lead) => rows.flatMap(({ tenant_id, root, ...said }) => (tenant_id === lead.tenant_id && root === lead.lead_id ? [said] : [])));
  }

  /** @returns their ids, in their order */
  async add(tx: Tx, assessments: readonly NewAssessment[]): Promise<number[]> {
    if (assessments.length === 0) return [];
    const added = await tx.query<{ id: number }>(`
      with given as materialized (
        select nextval(pg_get_serial_sequence('assessment', 'id')) as id, one.*
        from rows from (jsonb_to_recordset($1::jsonb) as (tenant_id text, lead_id bigint, qualified boolean, reason text, notes text, by text,
          at timestamptz, summary jsonb, elements jsonb)) with ordinality as one order by ordinality
      ), added as (
        insert into assessment (id, tenant_id, lead_id, qualified, reason, notes, by, at, framework, framework_version, summary)
        overriding system value
        select id, tenant_id, lead_id, qualified, reason, notes, by, at, summary->>'framework', (summary->>'version')::integer, nullif(summary, 'null') from given
      ), said as (
        insert into assessed_element (tenant_id, lead_id, assessment_id, ${SAID}, proposal_id)
        select given.tenant_id, given.lead_id, given.id, said.* from given, lateral (
          select ${SAID}, proposal_id from jsonb_to_recordset(given.elements) as element(${SAID_RECORD})) as said
      )
      select id from given order by ordinality`, [JSON.stringify(assessments)]);
    return added.map(({ id }) => id);
  }

  /** The latest 100 of a lead and of those that were merged into it, newest first. */
  async list(tenant: string, leadId: number): Promise<StoredAssessment[]> {
    const assessments = await this.database.query<Omit<StoredAssessment, 'elements'>>(`${BELONGING}
      select tenant_id, lead_id, id, summary, qualified, reason, notes, by, at
      from belonging join assessment using (tenant_id, lead_id) order by at desc, id desc limit $3`, [[tenant], [leadId], ASSESSMENTS_SHOWN]);
    const elements = await this.database.query<SaidOfElement & { assessment_id: number }>(`
      select assessment_id, ${SAID}, proposal_id, false as proposed from assessed_element
      where tenant_id = $1 and assessment_id = any($2::bigint[]) order by id`, [tenant, assessments.map(({ id }) => id)]);
    return assessments.map((assessment) => ({
      ...assessment, elements: elements.filter(({ assessment_id }) => assessment_id === assessment.id).map(({ assessment_id: _, ...said }) => said),
    }));
  }

  async propose(tx: Tx, proposals: NewProposal[]): Promise<void> {
    if (proposals.length === 0) return;
    await tx.query(`
      insert into element_proposal (tenant_id, lead_id, ${SAID})
      select tenant_id, lead_id, ${SAID} from rows from (jsonb_to_recordset($1::jsonb) as (tenant_id text, lead_id bigint, ${SAID_RECORD}))
        with ordinality order by ordinality`, [JSON.stringify(proposals)]);
  }

  /** The latest 100 that nobody has decided about, of a lead and of those that were merged into it, newest first. */
  openProposals(tenant: string, leadId: number): Promise<StoredProposal[]> {
    return this.database.query<StoredProposal>(`${BELONGING}
      select ${PROPOSAL} from belonging join element_proposal using (tenant_id, lead_id)
      where state = 'open' order by at desc, id desc limit $3`, [[tenant], [leadId], PROPOSALS_SHOWN]);
  }

  /** What was proposed of elements of BANT by a note and then dismissed, of a lead and of those that were merged into it. */
  dismissed(tenant: string, leadId: number): Promise<DismissedReading[]> {
    return this.database.query<DismissedReading>(`${BELONGING}
      select element, evidence->0->>'note_id' as note_id from belonging join element_proposal using (tenant_id, lead_id)
      where state = 'dismissed' and framework = 'bant' order by decided_at desc limit $3`, [[tenant], [leadId], DISMISSED_READ]);
  }

  /** The lead that it is to be decided for: its own, or the one that this was merged into; undefined where there is no such proposal. */
  async leadOfProposal(tenant: string, id: number): Promise<number | undefined> {
    const [lead] = await this.database.query<{ lead_id: number }>(`
      with recursive above (lead_id, depth) as (
        select lead_id, 0 from element_proposal where tenant_id = $1 and id = $2
        union all
        select tie.merged_into, depth + 1 from above join lead_tie tie on tie.tenant_id = $1 and tie.lead_id = above.lead_id
        where tie.merged_into is not null and depth < 100
      )
      select lead_id from above order by depth desc limit 1`, [tenant, id]);
    return lead?.lead_id;
  }

  /** Under lock, for whoever decides about it. */
  async lockProposal(tx: Tx, { tenant_id }: LeadKey, id: number): Promise<StoredProposal | undefined> {
    const [proposal] = await tx.query<StoredProposal>(
      `select ${PROPOSAL} from element_proposal where tenant_id = $1 and id = $2 for update`, [tenant_id, id]);
    return proposal;
  }

  async decide(tx: Tx, { id, tenant_id, state, decided_by, decided_at }: StoredProposal): Promise<void> {
    await tx.query('update element_proposal set state = $3, decided_by = $4, decided_at = $5 where tenant_id = $1 and id = $2',
      [tenant_id, id, state, decided_by, decided_at]);
  }
}
