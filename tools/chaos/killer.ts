import { setTimeout as delay } from 'node:timers/promises';
import { signalProcess, type ProcessIdentity } from '@headwater/embedded';
import type { System } from '../instance/system';
import { until } from '../instance/until';
import type { Glance } from '../instance/queues';
import type { Kill, Target, Traffic } from './schedule';
import type { Sender } from './sender';

/** A kill as it happened. */
export interface Fallen {
  /** submissions that were accepted then */
  accepted: number;
  targets: Target[];
  /** requests that were on their way */
  unanswered: number;
  /** as it was seen a moment (200 ms at most) before */
  backlog: Glance;
  /** from when it was due until the moment was bad enough */
  waited_ms: number;
  /** of an outage: for how long, and how often PostgreSQL was killed again as it came back */
  kept_down?: { seconds: number; came_back: number };
}

/** A kill that waits for its moment. */
interface Aimed {
  targets: Target[];
  dueSince: number;
  /** the last look at the queues, and when it was begun */
  glance: Glance;
  glancedAt: number;
  fallen?: Fallen;
}

const FEWEST_UNANSWERED = 20;
/** Two of one person are begun together. */
const PROBE = 2;
const LOOK_EVERY_MS = 5;
/** What was seen of the queues counts for so long. */
const GLANCE_GOOD_FOR_MS = 200;
const READY_LOOK_EVERY_MS = 200;
const BAD_ENOUGH_WITHIN_MS = 180_000;

/** Kills, with SIGKILL and when it hurts. Restarting is the launcher's. */
export class Killer {
  private aimed: Aimed | undefined;
  private acceptedAtLast = -1;

  constructor(
    private readonly system: Pick<System, 'instance' | 'queues' | 'signal'>, private readonly sender: Sender,
    private readonly traffic: Traffic, private readonly outageSeconds: number,
  ) {
    sender.onAccept = () => this.strike();
  }

  /**
   * Waits until the kill is due and the moment bad enough, and kills. It is bad enough when an answer has just come, others
   * are outstanding, and events are under way; and when something was accepted since the last kill.
   * @param end of the burst: so many submissions may be begun until it falls
   * @param next where the next one is due: so many may be begun while PostgreSQL is kept down
   * @returns undefined when the burst was over before
   */
  async carryOut({ at, targets, keptDown }: Kill, { end, next }: { end: number; next: number }): Promise<Fallen | undefined> {
    const { sender, sender: { tally }, system: { signal, queues } } = this;
    sender.permit(Math.min(at + this.traffic.ahead, end));
    let aimed: Aimed | undefined;
    let lookedAt = 0;
    const isOver = await until(async () => {
      if (!aimed && tally.accepted >= at && tally.accepted > this.acceptedAtLast) {
        aimed = this.aimed = { targets, dueSince: Date.now(), glance: { outbox: 0, consumers: null }, glancedAt: 0 };
      }
      if (aimed) {
        const glancedAt = Date.now();
        Object.assign(aimed, { glance: await queues.glance(), glancedAt });
        if (tally.unanswered < FEWEST_UNANSWERED && Date.now() - lookedAt > READY_LOOK_EVERY_MS) {
          lookedAt = Date.now();
          await this.fireSalvo(end);
        }
      }
      return aimed?.fallen || (sender.isIdle && (sender.permitted >= end || sender.isHopeless));
    }, {
      signal, withinMs: BAD_ENOUGH_WITHIN_MS, lookEveryMs: LOOK_EVERY_MS,
      what: () => `a moment to kill ${targets.join(' and ')}: ${tally.accepted} accepted, ${tally.unanswered} unanswered`,
    });
    this.aimed = undefined;
    if (isOver === true) return undefined;
    if (!keptDown) return isOver;
    sender.permit(next);
    return { ...isOver, kept_down: await this.keepDown() };
  }

  /**
   * Brings about a moment: but only where everything works again, or all that there is to be sent would be spent on waiting.
   * Services may be ready a while before the gateway tries intake again; until then a salvo would be answered at once.
   */
  private async fireSalvo(end: number): Promise<void> {
    if (!(await this.system.instance.isReady())) return;
    const { sent, unanswered } = this.sender.tally;
    const begun = this.traffic.sparing && !this.sender.isTakenIn ? PROBE : this.traffic.salvo;
    this.sender.permit(Math.min(sent + Math.max(begun - unanswered, 0), end));
  }

  /** Called with every answer that accepts: nothing else runs between it and the kill, so that what is recorded is what was. */
  private strike(): void {
    const { aimed, sender: { tally: { accepted, unanswered } } } = this;
    if (!aimed || aimed.fallen || unanswered < FEWEST_UNANSWERED) return;
    const { targets, dueSince, glance, glancedAt } = aimed;
    if (Date.now() - glancedAt > GLANCE_GOOD_FOR_MS || glance.outbox + (glance.consumers ?? 0) === 0) return;
    const processes = this.processesOf(targets);
    if (processes.length < targets.length) return; // one is being restarted
    const killed = processes.filter((identity) => signalProcess(identity, 'SIGKILL'));
    if (killed.length < targets.length) return; // one died of something else in this very moment
    this.acceptedAtLast = accepted;
    aimed.fallen = { accepted, targets, unanswered, backlog: glance, waited_ms: Date.now() - dueSince };
  }

  private processesOf(targets: readonly Target[]): ProcessIdentity[] {
    return targets.flatMap((target) => {
      const found = this.system.instance.processOf(target);
      return found ? [found] : [];
    });
  }

  /** Kills PostgreSQL as often as the launcher brings it back, before it accepts connections. */
  private async keepDown(): Promise<Fallen['kept_down']> {
    const end = Date.now() + this.outageSeconds * 1_000;
    let comeBacks = 0;
    while (Date.now() < end) {
      const postmaster = this.system.instance.postmaster();
      if (postmaster && signalProcess(postmaster, 'SIGKILL')) comeBacks += 1;
      await delay(LOOK_EVERY_MS, undefined, { signal: this.system.signal });
    }
    return { seconds: this.outageSeconds, came_back: comeBacks };
  }
}
