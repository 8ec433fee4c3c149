import type { Rep } from '../src/domain/choosing/eligibility';
import type { Candidate, Counters } from '../src/domain/strategies';

/** A rep whom nothing stands against. */
export const repOf = (id: number, more: Partial<Rep> = {}): Rep => ({
  id, name: `Rep ${id}`, email: null, team: null, time_zone: 'UTC', weight: 1, active: true, open_leads: 0, max_open_leads: null, ...more,
});

/** A member of a pool as strategies see it, who got nothing yet. */
export const candidateOf = (
  repId: number, { counters, ...more }: Partial<Omit<Candidate, 'counters'>> & { counters?: Partial<Counters> } = {},
): Candidate => ({
  repId, name: `Rep ${repId}`, teamId: null, weight: 1, openLeads: 0, maxOpenLeads: null, skills: [], languages: [], ...more,
  counters: { picks: 0, turn: 0, current_weight: 0, ...counters },
});
