import type { TeamManager } from '@headwater/contracts';
import { checkName, distinct, type PeopleRules } from './kind';

export interface StoredTeam {
  name: string;
  managers: TeamManager[];
  calendar_id: number | null;
  active: boolean;
}

export const teamRules: PeopleRules<StoredTeam> = {
  noun: 'Team',
  absent: { managers: [], calendar_id: null, active: true },
  unique: 'name',
  tidy: (team) => ({
    ...team, name: team.name.trim(),
    managers: distinct(team.managers, ({ user_id }) => user_id).map(({ user_id, name, email }) => ({ user_id, name: name ?? null, email: email ?? null })),
  }),
  check: ({ name, managers }) => [
    ...checkName('name', name), ...managers.flatMap(({ user_id }, i) => checkName(`managers.${i}.user_id`, user_id.trim())),
  ],
  references: ({ calendar_id }) => (calendar_id === null ? [] : [{ field: 'calendar_id', to: 'calendar', id: calendar_id }]),
};
