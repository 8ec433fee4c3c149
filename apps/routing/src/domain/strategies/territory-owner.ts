import { territoryIn } from '../territories/territory-facts';
import { nextInTurn, type RoutingStrategy } from './strategy';

/** The reps, or the team, who own the lead's territory, in turn. A lead that belongs to none is for nobody of the pool. */
export const territoryOwner: RoutingStrategy = {
  name: 'territory_owner',
  unsuited({ repId, teamId }, { lead }) {
    const territory = territoryIn(lead);
    if (!territory) return 'the lead belongs to no territory';
    const owns = territory.reps.includes(repId) || (teamId !== null && teamId === territory.team_id);
    return owns ? null : `does not own ${territory.name}`;
  },
  pick: ({ lead, ...question }) => ({ ...nextInTurn(question), because: `next in turn of those who own ${territoryIn(lead)?.name}` }),
};
