import { setTimeout as delay } from 'node:timers/promises';
import { signalProcess, type ProcessIdentity } from '@headwater/testing';
import type { Glance } from './queues';
import type { Kill, Target } from './schedule';
import type { Sender } from './sender';
import type { System } from './system';
import { until } from './until';

/** A kill as it happened. */
export interface Fallen {
  /** submissions that were accepted then */
  accepted: number;
  targets: Target[];
  /** requests that were on their way */
  unanswered: number;
  backlog: Glance;
  /** from when it was due until the moment was bad enough */
  waited_ms: number;
  /** of an outage: for how long, and how often PostgreSQL was killed again as it came back */
  kept_down?: { seconds: number; came_back: number };
}

const FEWEST_UNANSWERED = 20;
/** How often the moment is looked at. */
const LOOK_EVERY_MS = 2;
const BAD_ENOUGH_WITHIN_MS = 180_000;

/** Kills, with SIGKILL and when it hurts. Restarting is the launcher's. */
export class Killer {
  private acceptedAtLast = -1;

  constructor(
    private readonly system: Pick<System, 'instance' | 'queues' | 'signal'>, private readonly sender: Sender,
    private readonly traffic: { ahead: number; salvo: number }, private readonly outageSeconds: number,
  ) {}

  /**
   * Waits until the kill is due and the moment bad enough, and kills. A moment is bad enough when requests are unanswered,
   * events are under way, and something was accepted since the last kill, so that each hits a system that works.
   * @param end of the burst: so many submissions may be begun until it falls
   * @param next where the next one is due: so many may be begun while PostgreSQL is kept down
   * @returns undefined when the burst was over before
   */
  async carryOut({ at, targets, keptDown }: Kill, { end, next }: { end: number; next: number }): Promise<Fallen | undefined> {
    const { sender, sender: { tally }, system: { signal } } = this;
    sender.permit(Math.min(at + this.traffic.ahead, end));
    let dueSince: number | undefined;
    const fallen = await until<Fallen | 'too late'>(async () => {
      if (tally.accepted >= at && tally.accepted > this.acceptedAtLast) dueSince ??= Date.now();
      const processes = dueSince === undefined ? undefined : this.processesOf(targets);
      if (dueSince !== undefined && processes) {
        if (tally.unanswered < FEWEST_UNANSWERED) sender.permit(Math.min(tally.sent + this.traffic.salvo - tally.unanswered, end));
        const blow = await this.killIfBadEnough(processes);
        if (blow) return { ...blow, targets, waited_ms: Date.now() - dueSince };
      }
      return sender.isIdle && (sender.permitted >= end || sender.isHopeless) ? 'too late' : undefined;
    }, {
      signal, withinMs: BAD_ENOUGH_WITHIN_MS, lookEveryMs: LOOK_EVERY_MS,
      what: () => `a moment to kill ${targets.join(' and ')}: ${tally.accepted} accepted, ${tally.unanswered} unanswered`,
    });
    if (fallen === 'too late') return undefined;
    if (!keptDown) return fallen;
    sender.permit(next);
    return { ...fallen, kept_down: await this.keepDown() };
  }

  /** Undefined while one of them is being restarted. */
  private processesOf(targets: readonly Target[]): ProcessIdentity[] | undefined {
    const processes = targets.flatMap((target) => {
      const found = this.system.instance.processOf(target);
      return found ? [found] : [];
    });
    return processes.length === targets.length ? processes : undefined;
  }

  /** Between the last look and the kill nothing else runs, so that what is recorded is what was. */
  private async killIfBadEnough(processes: ProcessIdentity[]): Promise<Pick<Fallen, 'accepted' | 'unanswered' | 'backlog'> | undefined> {
    const { tally } = this.sender;
    if (tally.unanswered < FEWEST_UNANSWERED) return undefined;
    const backlog = await this.system.queues.glance();
    const { accepted, unanswered } = tally;
    if (unanswered < FEWEST_UNANSWERED || backlog.outbox + (backlog.consumers ?? 0) === 0) return undefined;
    const killed = processes.filter((identity) => signalProcess(identity, 'SIGKILL'));
    this.acceptedAtLast = accepted;
    // One may have died of something else in this very moment: then it is killed once more.
    return killed.length === processes.length ? { accepted, unanswered, backlog } : undefined;
  }

  /** Kills PostgreSQL as often as the launcher brings it back, before it accepts connections. */
  private async keepDown(): Promise<Fallen['kept_down']> {
    const end = Date.now() + this.outageSeconds * 1_000;
    let comeBacks = 0;
    while (Date.now() < end) {
      const postmaster = this.system.instance.postmaster();
      if (postmaster && signalProcess(postmaster, 'SIGKILL')) comeBacks += 1;
      await delay(LOOK_EVERY_MS * 5, undefined, { signal: this.system.signal });
    }
    return { seconds: this.outageSeconds, came_back: comeBacks };
  }
}
