import type { Terminal } from '../launcher/terminal';
import { countsOf, type Finding } from './finding';
import type { Fallen } from './killer';
import type { Loss } from './lose-broker';
import type { Options } from './options';
import { TARGETS, type Kill, type Target } from './schedule';
import type { Tally } from './sender';
import type { Settlement } from './settle';

/** Everything that a run has seen. */
export interface Outcome {
  options: Options;
  tally: Tally;
  kills: Fallen[];
  /** that were due when nothing was left to be sent */
  missed: Kill[];
  loss: Loss | null;
  settlement: Settlement;
  findings: Finding[];
}

const FEWEST_KILLS = 2;

/** The numbers, as they are written. */
export function numbersOf({ options, tally, kills, missed, loss, settlement, findings }: Outcome) {
  const { lost, doubled, unscored, unrouted, unsettled, other } = countsOf(findings);
  const { sent, accepted, spooled, retries } = tally;
  return {
    sent, accepted, kept: accepted - lost, lost, doubled, unscored, unrouted, unsettled,
    kills: kills.reduce((sum, { targets }) => sum + targets.length, 0), spooled, retries, settle_s: rounded(settlement.seconds),
    other, given_up: tally.given_up, unfinished: settlement.unfinished, broker_lost: loss,
    leads: options.leads, seed: options.seed, outage_s: options.outage, sabotage: options.sabotage ?? null,
    kills_by_target: killsByTarget(kills), answers: tally.answers, findings, kill_details: kills, missed_kills: missed,
  };
}

/** What Headwater did not keep to, in sentences; empty when it kept to all of it. */
export function failuresOf({ options, tally, loss, settlement, findings }: Outcome): string[] {
  const { accepted } = tally;
  return [
    ...(accepted === options.leads ? [] : [`${options.leads - accepted} of ${options.leads} submissions were not accepted`]),
    ...(loss === null || loss.replayed >= loss.retained ? []
      : [`of ${loss.retained} events that the broker lost, ${loss.replayed} were published again in ${rounded(loss.replay_s)} s`]),
    ...(settlement.unfinished === null ? []
      : [`after ${rounded(settlement.seconds)} s this was still on its way: ${settlement.unfinished}`]),
    ...findings.map(({ verdict, what, count, examples }) =>
      `${verdict === 'other' ? '' : `${verdict}: `}${count} ${what} (${examples.slice(0, 3).join('; ')}${count > 3 ? '; …' : ''})`),
  ];
}

/** Why a run proves nothing, whatever it found: not everything was killed often enough. */
export function gapsOf({ kills }: Outcome): string[] {
  const times = killsByTarget(kills);
  return TARGETS.filter((target) => times[target] < FEWEST_KILLS)
    .map((target) => `${target} was killed ${times[target]} times, not ${FEWEST_KILLS}`);
}

/** What it all comes to. A sabotaged Headwater is expected to fail. */
export function conclusionOf(outcome: Outcome): { isGood: boolean; sentence: string } {
  const { sabotage } = outcome.options;
  const isFaultless = failuresOf(outcome).length === 0;
  if (gapsOf(outcome).length > 0) return { isGood: false, sentence: 'The run proves nothing: too little was killed.' };
  if (sabotage) return { isGood: !isFaultless, sentence: `The sabotage (${sabotage}) was ${isFaultless ? 'not ' : ''}noticed.` };
  return { isGood: isFaultless, sentence: isFaultless ? 'Nothing was lost, nothing was doubled.' : 'Headwater did not keep what it promises.' };
}

function killsByTarget(kills: readonly Fallen[]): Record<Target, number> {
  const timesOf = (target: Target): number => kills.filter(({ targets }) => targets.includes(target)).length;
  return Object.fromEntries(TARGETS.map((target) => [target, timesOf(target)])) as Record<Target, number>;
}

const MUST_BE_NONE = ['lost', 'doubled', 'unscored', 'unrouted', 'unsettled', 'other'] as const;
const TOLD = [
  'sent', 'accepted', 'kept', ...MUST_BE_NONE, 'kills', 'spooled', 'retries', 'settle_s',
] as const;

/** The numbers as a table. */
export function tableOf(outcome: Outcome, terminal: Terminal): string[] {
  const numbers = numbersOf(outcome);
  const isBad = (name: (typeof TOLD)[number]): boolean =>
    ((MUST_BE_NONE as readonly string[]).includes(name) && numbers[name] > 0) || (name === 'accepted' && numbers.accepted < numbers.leads);
  const listed = (counts: Record<string, number>): string =>
    Object.entries(counts).sort(([a], [b]) => a.localeCompare(b)).map(([name, count]) => `${name}: ${count}`).join(', ');
  const aside: Partial<Record<(typeof TOLD)[number], string>> = {
    accepted: listed(numbers.answers), other: 'not as promised otherwise', kills: listed(numbers.kills_by_target),
  };
  return TOLD.map((name) => {
    const line = `  ${name.padEnd(12)}${String(numbers[name]).padStart(8)}`;
    return `${terminal.emphasize(isBad(name) ? 'red' : 'bold', line)}${aside[name] ? `    ${terminal.emphasize('dim', aside[name])}` : ''}`;
  });
}

/** A kill, in the moment that it falls. */
export function killLine({ accepted, targets, unanswered, backlog: { outbox, consumers }, kept_down }: Fallen): string {
  const waiting = consumers === null ? `${outbox} events in outboxes` : `${consumers} at consumers`;
  const down = kept_down ? `; kept down for ${kept_down.seconds} s, killed again ${kept_down.came_back} times` : '';
  return `✗ at ${accepted} accepted: ${targets.join(' and ')} (${unanswered} unanswered, ${waiting}${down})`;
}

export const missedLine = ({ at, targets }: Kill): string =>
  `! at ${at} accepted: ${targets.join(' and ')} should have been killed, but too little was left to be sent`;

const rounded = (seconds: number): number => Math.round(seconds * 10) / 10;
