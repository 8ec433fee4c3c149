import { setTimeout as delay } from 'node:timers/promises';
import { isAccepted, isWorthRepeating, labelOf, type Client } from './client';
import type { Submission } from './population';
import { MOST_UNANSWERED } from './schedule';

export interface Tally {
  /** submissions that were begun */
  sent: number;
  /** requests that are on their way now */
  unanswered: number;
  /** submissions whose answer 200, 201 or 202 was read */
  accepted: number;
  /** of those, 202 */
  spooled: number;
  /** requests beyond the first of a submission */
  retries: number;
  /** submissions that were refused for good, or for too long */
  given_up: number;
  /** how often each answer came */
  answers: Record<string, number>;
}

const SHORTEST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 1_000;
const SPOOLED = 202;

/** Sends groups of submissions in their order, each at one instant, and repeats each submission until it is accepted. */
export class Sender {
  readonly tally: Tally = { sent: 0, unanswered: 0, accepted: 0, spooled: 0, retries: 0, given_up: 0, answers: {} };
  readonly accepted = new Set<Submission>();
  /** the answer that accepted last came from intake itself, not from the spool's door */
  isTakenIn = true;
  /** is called when a submission was accepted, before anything else happens */
  onAccept: () => void = () => undefined;
  private next = 0;
  private open = 0;
  private acceptedLast = Date.now();
  /** so many submissions may be begun in all */
  permitted = 0;

  /** @param limits.patienceMs how long a submission is repeated before it is given up */
  constructor(
    private readonly groups: readonly Submission[][], private readonly client: Client,
    private readonly limits: { patienceMs: number; signal: AbortSignal },
  ) {}

  /** Lets so many submissions be begun in all; never takes back what was permitted before. */
  permit(count: number): void {
    if (this.isIdle) this.acceptedLast = Date.now();
    this.permitted = Math.max(this.permitted, count);
    this.begin();
  }

  /** Whether more would be begun if more were permitted. */
  get isHeldBack(): boolean {
    return this.open < MOST_UNANSWERED && this.next < this.groups.length;
  }

  /** Nothing at all has been accepted for longer than a submission is repeated: nothing more is begun. */
  get isHopeless(): boolean {
    return Date.now() - this.acceptedLast > this.limits.patienceMs;
  }

  /** Everything that was permitted was accepted, or given up. */
  get isIdle(): boolean {
    return this.open === 0;
  }

  private begin(): void {
    while (this.isHeldBack && this.mayBegin(this.groups[this.next]!)) {
      const group = this.groups[this.next]!;
      this.next += 1;
      for (const submission of group) void this.deliver(submission);
    }
  }

  private mayBegin(group: Submission[]): boolean {
    return this.tally.sent + group.length <= this.permitted && !this.isHopeless && !this.limits.signal.aborted;
  }

  private async deliver(submission: Submission): Promise<void> {
    this.tally.sent += 1;
    this.open += 1;
    try {
      await this.repeatUntilAccepted(submission);
    } catch (error) {
      if (!this.limits.signal.aborted) throw error;
    }
    this.open -= 1;
    this.begin();
  }

  private async repeatUntilAccepted(submission: Submission): Promise<void> {
    const deadline = Date.now() + this.limits.patienceMs;
    for (let pause = SHORTEST_PAUSE_MS; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
      this.tally.unanswered += 1;
      const answer = await this.client.post(submission, this.limits.signal).finally(() => { this.tally.unanswered -= 1; });
      const label = labelOf(answer);
      this.tally.answers[label] = (this.tally.answers[label] ?? 0) + 1;
      if (isAccepted(answer)) return this.accept(submission, answer.status === SPOOLED);
      if (!isWorthRepeating(answer) || Date.now() > deadline || this.isHopeless) return this.giveUp();
      // Without chance in it: what failed together comes back together.
      await delay(pause, undefined, { signal: this.limits.signal });
      this.tally.retries += 1;
    }
  }

  private accept(submission: Submission, isSpooled: boolean): void {
    this.acceptedLast = Date.now();
    this.accepted.add(submission);
    this.tally.accepted += 1;
    if (isSpooled) this.tally.spooled += 1;
    this.isTakenIn = !isSpooled;
    this.onAccept();
  }

  private giveUp(): void {
    this.tally.given_up += 1;
  }
}
