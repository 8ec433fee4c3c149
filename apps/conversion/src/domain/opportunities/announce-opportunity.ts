import {
  OpportunityCreated, OpportunityLost, OpportunityStageChanged, OpportunityUpdated, OpportunityWon,
  type NewEvent, type Opportunity, type OpportunityClosedData, type Stage,
} from '@headwater/contracts';
import { creditsOf } from '../attribution/credit-touches';
import { MODELS } from '../attribution/models';

/** A deal as it is now, and what is said of it with every event. */
export interface Told {
  opportunity: Opportunity;
  /** 1 when it was made, raised by every change */
  revision: number;
  /** frozen at the lead's conversion; null without a lead */
  attribution: Record<string, unknown> | null;
  /** who did it, for programs */
  actor: string;
}

export const isWon = (stage: Stage): boolean => stage === 'closed_won';
export const isLost = (stage: Stage): boolean => stage === 'closed_lost';
export const isClosed = (stage: Stage): boolean => isWon(stage) || isLost(stage);

/** What the world hears of a new deal: that it is there, and how it ended where it is made as won or lost. */
export function announceOpportunity(tenant: string, told: Told): NewEvent[] {
  const { opportunity, attribution } = told;
  return [
    OpportunityCreated.of(tenant, opportunity.id, { opportunity, attribution }, about(told)),
    ...ending(tenant, told, opportunity.created_at),
  ];
}

/** What the world hears of a changed one. @param from the stage that it was in before */
export function announceChange(tenant: string, told: Told, from: Stage): NewEvent[] {
  const { opportunity, attribution, actor } = told;
  const to = opportunity.stage;
  if (from === to) return [OpportunityUpdated.of(tenant, opportunity.id, { opportunity, attribution }, about(told))];
  const at = opportunity.updated_at ?? opportunity.created_at;
  return [
    OpportunityStageChanged.of(tenant, opportunity.id, { opportunity, attribution, from, to, actor, at }, about(told)),
    ...ending(tenant, told, at),
  ];
}

function ending(tenant: string, told: Told, at: string): NewEvent[] {
  const { opportunity, attribution, actor } = told;
  const { id, stage, value: amount, currency, lost_reason } = opportunity;
  const ended: OpportunityClosedData = { opportunity, attribution, amount, currency, actor, at };
  if (isWon(stage)) return [OpportunityWon.of(tenant, id, { ...ended, credits: creditsOf(MODELS, attribution, amount, currency) }, about(told))];
  if (isLost(stage)) return [OpportunityLost.of(tenant, id, { ...ended, reason: lost_reason ?? null }, about(told))];
  return [];
}

const about = ({ opportunity, revision }: Told) => ({ leadId: opportunity.lead_id ?? undefined, revision });
