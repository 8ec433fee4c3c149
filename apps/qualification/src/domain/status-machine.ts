import { STATUSES, type Status } from '@headwater/contracts';

/**
 * What moves a lead besides a PATCH of its status. `reopen` is also what a raised hand does; `reengage` gives up nurturing or
 * disqualification because there is a contact again.
 */
export const COMMANDS = ['contact', 'qualify', 'disqualify', 'nurture', 'reopen', 'reengage', 'convert'] as const;
export type Command = (typeof COMMANDS)[number];

/** The statuses that a command goes through, in order; none where the lead stays as it is; null where it is refused. */
export type Path = readonly Status[] | null;

/** Where a lead can go from one status: by PATCH in one step, or by command. */
export type Moves = Readonly<{ patch: readonly Status[] } & Record<Command, Path>>;

export type StatusMachine = Readonly<Record<Status, Moves>>;

/** The whole of what a lead may do. Qualifying somebody whom nobody contacted goes through `contacted`. */
export const STATUS_MACHINE: StatusMachine = {
  new: {
    patch: ['contacted', 'nurturing', 'disqualified'],
    contact: ['contacted'], qualify: ['contacted', 'qualified'], disqualify: ['disqualified'], nurture: ['nurturing'],
    reopen: null, reengage: null, convert: null,
  },
  contacted: {
    patch: ['nurturing', 'disqualified'],
    contact: [], qualify: ['qualified'], disqualify: ['disqualified'], nurture: ['nurturing'],
    reopen: null, reengage: null, convert: null,
  },
  nurturing: {
    patch: ['contacted', 'disqualified'],
    contact: ['contacted'], qualify: ['contacted', 'qualified'], disqualify: ['disqualified'], nurture: [],
    reopen: null, reengage: ['contacted'], convert: null,
  },
  qualified: {
    patch: ['contacted', 'nurturing', 'disqualified'],
    contact: null, qualify: [], disqualify: ['disqualified'], nurture: ['nurturing'],
    reopen: null, reengage: null, convert: ['converted'],
  },
  disqualified: {
    patch: ['new', 'nurturing', 'contacted'],
    contact: null, qualify: null, disqualify: [], nurture: ['nurturing'],
    reopen: ['new'], reengage: ['contacted'], convert: null,
  },
  converted: { patch: [], contact: null, qualify: null, disqualify: null, nurture: null, reopen: null, reengage: null, convert: null },
};

/** The command that a status is reached by when a PATCH can't set it. */
export const COMMAND_FOR: Readonly<Partial<Record<Status, Command>>> = { qualified: 'qualify', converted: 'convert' };

const ENDS: Readonly<Record<Command, Status>> = {
  contact: 'contacted', qualify: 'qualified', disqualify: 'disqualified', nurture: 'nurturing', reopen: 'new', reengage: 'contacted',
  convert: 'converted',
};

/** The commands that a lead in a status would follow, by name. */
export const commandsFrom = (status: Status): Command[] => COMMANDS.filter((command) => STATUS_MACHINE[status][command] !== null);

/** Checks the table at start. @throws Error with everything that is wrong with it */
export function assertMachine(machine: StatusMachine): void {
  const problems = problemsOf(machine);
  if (problems.length) throw new Error(`The status machine is not sound: ${problems.join('; ')}`);
}

/** @returns what is wrong with a table, in sentences; none when it is sound */
export function problemsOf(machine: StatusMachine): string[] {
  const missing = STATUSES.filter((status) => !machine[status]);
  if (missing.length) return missing.map((status) => `${status} has no row`);
  const wrong = STATUSES.flatMap((from) =>
    [...patchProblems(from, machine), ...COMMANDS.flatMap((command) => pathProblems(from, command, machine))]);
  return wrong.length ? wrong : reachProblems(machine);
}

function patchProblems(from: Status, machine: StatusMachine): string[] {
  return machine[from].patch.flatMap((to) => [
    ...(STATUSES.includes(to) ? [] : [`a PATCH leads from ${from} to ${to}, which doesn't exist`]),
    ...(to === from ? [`a PATCH leads from ${from} to itself`] : []),
    ...(COMMAND_FOR[to] ? [`a PATCH leads from ${from} to ${to}, which takes the command ${COMMAND_FOR[to]}`] : []),
  ]);
}

function pathProblems(from: Status, command: Command, machine: StatusMachine): string[] {
  const path = machine[from][command];
  if (path === null) return [];
  const end = ENDS[command];
  if (path.length === 0) return from === end ? [] : [`${command} leaves ${from} as it is`];
  // What a command alone can give is the last step of a path; every other step is one that a PATCH could take.
  const between = COMMAND_FOR[end] ? path.slice(0, -1) : path;
  return [
    ...(path.at(-1) === end ? [] : [`${command} leads from ${from} to ${path.at(-1)}`]),
    ...(from === end ? [`${command} moves a lead that is ${end} already`] : []),
    ...(command === 'convert' && from !== 'qualified' ? [`convert starts from ${from}`] : []),
    ...between.flatMap((to, i) => {
      const before = [from, ...between][i];
      return machine[before]?.patch.includes(to) ? [] : [`${command} leads from ${before} to ${to}, which is no step`];
    }),
  ];
}

function reachProblems(machine: StatusMachine): string[] {
  const next = (status: Status) => [...machine[status].patch, ...COMMANDS.flatMap((command) => machine[status][command] ?? [])];
  const reach = (from: Status) => {
    const found = new Set<Status>();
    for (const open = [from]; open.length;) {
      for (const to of next(open.pop() as Status)) if (!found.has(to)) { found.add(to); open.push(to); }
    }
    return found;
  };
  const fromNew = reach('new');
  return [
    ...STATUSES.filter((status) => status !== 'new' && !fromNew.has(status)).map((status) => `${status} can't be reached`),
    ...STATUSES.filter((status) => status !== 'converted' && !reach(status).has('converted')).map((status) => `${status} is a dead end`),
    ...(next('converted').length ? ['converted is not the end'] : []),
  ];
}
