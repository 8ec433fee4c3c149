import fc from 'fast-check';
import {
  CONTACT_OUTCOMES, DomainError, LeadTouched, ListTransitions, STATUSES, type ContactOutcome, type Note, type QualificationState, type Status,
  type StatusChangedData, type Transition,
} from '@headwater/contracts';
import type { CommandName } from '../src/domain/follow-command';
import { STATUS_MACHINE } from '../src/domain/status-machine';
import { attempt, cell, command, done, newLead, patch, qualify, reserve, settle, stateOf, touch } from './qualification-cell';

/** What somebody does with one of the leads; `twice` sends it two times at once, as after a lost answer. */
export interface Act { lead: number; twice: boolean; what: What }
type What =
  | { kind: 'patch'; status: Status } | { kind: 'move'; command: CommandName } | { kind: 'qualify'; qualified: boolean }
  | { kind: 'attempt'; outcome: ContactOutcome; giveUp: boolean } | { kind: 'hand' } | { kind: 'end'; how: 'done' | 'aborted' };

const LEADS = 4;
const MOVES: CommandName[] = ['contact', 'disqualify', 'nurture', 'reopen', 'reengage'];

const what: fc.Arbitrary<What> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('patch' as const), status: fc.constantFrom(...STATUSES) }) },
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('move' as const), command: fc.constantFrom(...MOVES) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('qualify' as const), qualified: fc.boolean() }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('attempt' as const), outcome: fc.constantFrom(...CONTACT_OUTCOMES), giveUp: fc.boolean() }) },
  { weight: 2, arbitrary: fc.constant({ kind: 'hand' as const }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('end' as const), how: fc.constantFrom('done' as const, 'aborted' as const, 'aborted' as const) }) },
);

/** What several people do at the same time, each one thing after the other. */
export const actors: fc.Arbitrary<Act[][]> = fc.array(
  fc.array(fc.record({ lead: fc.nat(LEADS - 1), twice: fc.boolean(), what }), { minLength: 15, maxLength: 20 }), { minLength: 4, maxLength: 4 });

/** Words by which an act is known in whatever it leaves behind. @property accepted null where nobody knows */
interface Done { lead: number; mark: string; accepted: boolean | null }

/** Lets them act, and @returns what was answered to whom. */
export async function play(people: Act[][]): Promise<{ leads: number[]; acts: Done[] }> {
  const leads = Array.from({ length: LEADS }, newLead);
  const acts = await Promise.all(people.map(async (list, person) => {
    const answered: Done[] = [];
    for (const [i, { lead, twice, what }] of list.entries()) {
      const mark = `${person}.${i}`;
      const act = doing(leads[lead], what, mark);
      const outcomes = await Promise.all([accepted(act), ...(twice ? [accepted(act)] : [])]);
      if (what.kind === 'hand' || what.kind === 'end') continue;
      answered.push({ lead: leads[lead], mark, accepted: outcomes.includes(true) || (outcomes.includes(null) ? null : false) });
    }
    return answered;
  }));
  return { leads, acts: acts.flat() };
}

const PATIENCE_MS = 1_500;
const NO_ANSWER = DomainError.unavailable('Nobody has answered');

/**
 * Until somebody says yes or no: a process that dies answers nobody, and its command is sent again under its key.
 * @returns null for a no to what was sent again: what nobody has answered may be done all the same, and the lead be locked since, also for its PATCH
 */
async function accepted(act: () => Promise<unknown>): Promise<boolean | null> {
  for (let isUnknown = false; ;) {
    let timer: NodeJS.Timeout | undefined;
    try {
      const givingUp = new Promise((_resolve, reject) => { timer = setTimeout(() => reject(NO_ANSWER), PATIENCE_MS); });
      await Promise.race([act(), givingUp]);
      return true;
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      if (error.body.kind !== 'unavailable' && error.body.code !== 'in_flight') return isUnknown ? null : false;
      isUnknown ||= error.body.kind === 'unavailable';
    } finally {
      clearTimeout(timer);
    }
  }
}

function doing(id: number, what: What, mark: string): () => Promise<unknown> {
  const reason = { disqualification_reason: 'no_need' as const };
  const context = { ...cell.context(), idempotency: { scope: 'histories', key: crypto.randomUUID(), hash: 'h' } };
  const command_id = crypto.randomUUID();
  switch (what.kind) {
    case 'patch':
      return () => patch(id, { status: what.status, qualification_notes: mark, ...(what.status === 'disqualified' ? reason : {}) }, { command_id });
    case 'move': return () => command(id, what.command, { notes: mark, ...(what.command === 'disqualify' ? reason : {}) }, { context });
    case 'qualify': return () => qualify(id, { qualified: what.qualified, qualification_notes: mark, ...(what.qualified ? {} : reason) }, { context });
    case 'attempt': {
      const tenant = { ...context.tenant, policies: what.giveUp ? { disqualify_after_attempts: 2 } : {} };
      return () => attempt(id, { outcome: what.outcome, note: mark }, { context: { ...context, tenant } });
    }
    case 'hand': {
      const events = [LeadTouched.ofLead('demo', { lead_id: id }, touch(id))];
      return () => cell.publish(events, { times: 2, shuffle: true });
    }
    case 'end': return async () => {
      await qualify(id, {}, { context });
      await reserve(id, command_id);
      await settle(id, command_id, what.how === 'done' ? done(id) : { kind: 'aborted' });
    };
  }
}

/** Whether the table lets a transition happen by its cause. @param after the one that follows it in the history */
function isLegal({ from, to, cause, at }: Transition, after: Transition | undefined): boolean {
  const { patch: steps, ...moves } = STATUS_MACHINE[from];
  switch (cause) {
    case 'patch': return steps.includes(to);
    case 'implied_contact': return moves.qualify?.length === 2 && to === moves.qualify[0] && after?.cause === 'qualify' && after.at === at;
    case 'qualify': return moves.qualify?.at(-1) === to && to === 'qualified';
    case 'raised_hand': return (moves.reopen?.[0] ?? moves.reengage?.[0]) === to;
    case 'contact_attempt': return from === 'new' && to === 'contacted';
    case 'failed_attempts': return to === 'disqualified' && from === 'contacted';
    default: return cause in moves && moves[cause as keyof typeof moves]?.length === 1 && moves[cause as keyof typeof moves]?.[0] === to;
  }
}

/** What is wrong with a lead's history, in sentences; none when it is one that the table allows. */
function faultsOf(transitions: readonly Transition[], state: QualificationState, acts: readonly Done[], notes: readonly Note[]): string[] {
  const arrow = ({ from, to, cause }: Transition) => `${from} → ${to} by ${cause}`;
  const former = (i: number) => (i === 0 ? 'new' : transitions[i - 1].to);
  const count = (mark: string) => notes.filter(({ text }) => text === mark).length;
  return [
    ...transitions.filter((one, i) => one.from !== former(i)).map((one) => `a gap before ${arrow(one)}`),
    ...transitions.filter((one, i) => !isLegal(one, transitions[i + 1])).map((one) => `not in the table: ${arrow(one)}`),
    ...transitions.filter(({ at, ms_in_previous }, i) => i > 0 && Date.parse(at) - Date.parse(transitions[i - 1].at) !== ms_in_previous).map((one) => `time lost at ${arrow(one)}`),
    ...(state.status === (transitions.at(-1)?.to ?? 'new') ? [] : [`stands at ${state.status}, which its history doesn't say`]),
    ...(state.ever_qualified === transitions.some(({ to }) => to === 'qualified') ? [] : ['forgot that it was qualified']),
    ...(state.cycle > transitions.filter(({ to }) => to === 'new').length ? [] : ['was reopened without a new cycle']),
    ...acts.filter(({ mark, accepted }) => (accepted === null ? count(mark) > 1 : count(mark) !== (accepted ? 1 : 0)))
      .map(({ mark, accepted }) => `${accepted === null ? 'unanswered' : accepted ? 'accepted' : 'refused'}, and noted ${count(mark)} times: ${mark}`),
    ...acts.filter(({ mark }) => transitions.filter(({ notes }) => notes === mark).length > 1).map(({ mark }) => `happened twice: ${mark}`),
  ];
}

/** What others were told: each step once, under revisions of its own, the newest of which is the present state. */
function faultsTold(leadId: number, transitions: readonly Transition[], state: QualificationState): string[] {
  const told = ['contacted', 'qualified', 'nurtured', 'disqualified', 'reopened']
    .flatMap((name) => cell.events<StatusChangedData>(`lead.${name}`)).filter(({ leadid }) => leadid === leadId);
  const byId = new Map(told.map((event) => [event.id, event]));
  const inOrder = [...byId.values()].sort((a, b) => a.revision! - b.revision!);
  const steps = inOrder.flatMap(({ data }) => data.transitions);
  const kept = transitions.filter(({ to }) => to !== 'converted');
  const text = (list: readonly Transition[]) => list.map(({ from, to, at }) => `${from} ${to} ${at}`).join(', ');
  return [
    ...(new Set(inOrder.map(({ revision }) => revision)).size === inOrder.length ? [] : ['two states of one revision were told']),
    ...(text(steps) === text(kept) ? [] : [`told [${text(steps)}], kept [${text(kept)}]`]),
    ...(inOrder.every(({ data: { qualification } }) => qualification.revision <= state.revision) ? [] : ['told a state that is not there']),
  ];
}

/** Everything that is wrong with the histories of leads, after all that was published is handled. */
export async function faultsIn({ leads, acts }: { leads: number[]; acts: Done[] }): Promise<string[]> {
  const faults = await Promise.all(leads.map(async (lead) => {
    const [{ transitions, notes }, state] = await Promise.all([cell.ask(ListTransitions, { context: cell.context(), lead_id: lead }), stateOf(lead)]);
    return [...faultsOf(transitions, state, acts.filter((act) => act.lead === lead), notes), ...faultsTold(lead, transitions, state)];
  }));
  return faults.flat();
}
