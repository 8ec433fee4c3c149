import type { IntakeState } from '@headwater/contracts';
import { sum } from '../contribution-lines';
import { scoreLead } from '../score-lead';
import type { ScoringModel } from '../scoring-model';

/** The first of some leads that a model can't score, and why; null when it can score them all. It never throws. */
export function whyUnscored(model: ScoringModel, leads: readonly IntakeState[]): { lead_id: number; detail: string } | null {
  for (const lead of leads) {
    const detail = fault(model, lead);
    if (detail) return { lead_id: lead.lead_id, detail };
  }
  return null;
}

function fault(model: ScoringModel, lead: IntakeState): string | null {
  try {
    const signals = model.behavioral.signals.map(({ signal: type }, i) => ({ signal_id: String(i), type, at: lead.created_at }));
    const { contributions, demographic, behavioral } = scoreLead(lead, signals, model, lead.updated_at);
    return sum(contributions) === demographic + behavioral ? null : 'its contributions do not come to its score';
  } catch (error) {
    return (error as Error).message;
  }
}
