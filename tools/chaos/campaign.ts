import { setTimeout as delay } from 'node:timers/promises';
import type { System } from '../instance/system';
import type { Terminal } from '../launcher/terminal';
import { Killer, type Fallen } from './killer';
import { fallBehind, loseBroker, type Loss } from './lose-broker';
import type { Options } from './options';
import { killLine, missedLine } from './report';
import { killSchedule, MOST_UNANSWERED, trafficOf, type Kill } from './schedule';
import type { Sender } from './sender';

interface Burst {
  kills: Kill[];
  /** so many submissions are begun when it is over */
  end: number;
}

const LOOK_EVERY_MS = 50;
const TELL_EVERY_MS = 200;
/** The last submissions of a burst after which the broker is lost come when a service has fallen behind. */
const NOT_CONSUMED = MOST_UNANSWERED / 2;

/** Sends, and kills meanwhile. */
export class Campaign {
  readonly kills: Fallen[] = [];
  /** kills for which too little was left to be sent */
  readonly missed: Kill[] = [];
  loss: Loss | null = null;
  private readonly killer: Killer;

  constructor(
    private readonly system: System, private readonly sender: Sender,
    private readonly options: Options, private readonly terminal: Terminal,
  ) {
    this.killer = new Killer(system, sender, trafficOf(options.leads), options.outage);
  }

  /** In one burst; or in two, between which the broker loses what it has stored. */
  async run(): Promise<void> {
    const { leads, seed, loseBroker: isBrokerLost } = this.options;
    const schedule = killSchedule({ seed, leads, bursts: isBrokerLost ? 2 : 1 });
    if (!isBrokerLost) return this.inSight(schedule.length, () => this.send({ kills: schedule, end: leads }));
    const half = Math.floor(leads / 2);
    await this.inSight(schedule.length, async () => {
      await this.send({ kills: schedule.filter(({ at }) => at < half), end: half - NOT_CONSUMED });
      await fallBehind(this.system);
      await this.send({ kills: [], end: half });
    });
    this.loss = await this.terminal.step('Broker', (say) => loseBroker(this.system, say),
      ({ unconsumed, retained, replayed, replay_s }) =>
        `lost all, ${unconsumed} messages unconsumed; ${replayed} of ${retained} events published again in ${replay_s.toFixed(1)} s`);
    await this.inSight(schedule.length, () => this.send({ kills: schedule.filter(({ at }) => at >= half), end: leads }));
  }

  private async send({ kills, end }: Burst): Promise<void> {
    for (const [index, kill] of kills.entries()) {
      const fallen = await this.killer.carryOut(kill, { end, next: kills[index + 1]?.at ?? end });
      if (fallen) this.kills.push(fallen);
      else this.missed.push(kill);
      this.terminal.line(`  ${fallen ? killLine(fallen) : missedLine(kill)}`);
    }
    this.sender.permit(end);
    while (!this.sender.isIdle) await delay(LOOK_EVERY_MS, undefined, { signal: this.system.signal });
  }

  /** With a line that says how far it is. */
  private inSight(planned: number, work: () => Promise<void>): Promise<void> {
    const { tally } = this.sender;
    const accepted = (): string => `${tally.accepted} of ${this.options.leads} accepted`;
    return this.terminal.step('Sending', async (say) => {
      const ticker = setInterval(() => say(
        `${accepted()}, ${tally.unanswered} unanswered, ${tally.retries} retries, ${this.kills.length} of ${planned} kills`), TELL_EVERY_MS);
      try {
        await work();
      } finally {
        clearInterval(ticker);
      }
    }, () => `${accepted()}, ${tally.spooled} of them spooled, after ${tally.retries} retries`);
  }
}
