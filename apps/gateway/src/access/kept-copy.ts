import { Logger } from '@nestjs/common';
import type { VerifiedCopy } from './verified-copy';

const REFRESH_MS = 30_000;
/** As long as there is no good copy. */
const RETRY_MS = 1_000;

/** Keeps a verified copy fresh: loads it anew when told to and every 30 seconds, one load at a time. */
export class KeptCopy<Copy extends VerifiedCopy> {
  private readonly logger: Logger;
  private running: Promise<void> = Promise.resolve();
  private next: Promise<void> | null = null;
  private timer: NodeJS.Timeout;
  private ended = false;

  /**
   * @param present what there is before the first load
   * @param load reads it from its owner
   * @param what it is, for the log
   */
  constructor(private present: Copy, private readonly load: (former: Copy) => Promise<Copy>, private readonly what: string) {
    this.logger = new Logger(what);
  }

  /** The newest copy, be it good or not. */
  get copy(): Copy { return this.present; }

  get isGood(): boolean { return this.present.isGood(performance.now()); }

  /** Refreshes from now on, by the time. */
  begin(): void {
    if (this.ended) return;
    this.timer = setTimeout(() => {
      void this.refreshIfPossible().then(() => this.begin());
    }, this.isGood ? REFRESH_MS : RETRY_MS).unref();
  }

  end(): void {
    this.ended = true;
    clearTimeout(this.timer);
  }

  /**
   * Loads the copy anew. A call during a load gets one more load after it: the running one may have read before that
   * which the caller knows of. @throws when the owner can't be asked; the former copy stays
   */
  refresh(): Promise<void> {
    this.next ??= this.running.catch(() => undefined).then(() => {
      this.next = null;
      this.running = this.load(this.present).then((copy) => { this.present = copy; });
      return this.running;
    });
    return this.next;
  }

  /** After a change that is committed: what could not be read now is read within 30 seconds. */
  async refreshIfPossible(): Promise<void> {
    await this.refresh().catch((err: unknown) => this.logger.warn({ err }, `${this.what} were not refreshed`));
  }

  /**
   * Asks for what this copy lacks: it may have been made a moment ago. What is found goes into the copy that lacked it, never
   * into a newer one, which may have been loaded after its revocation.
   */
  async lookUp<T>(copy: Copy, name: string, find: () => Promise<T | null>, add: (found: T) => void): Promise<T | null> {
    if (copy.isUnknown(name, performance.now())) return null;
    const found = await find();
    if (found) add(found);
    else copy.markUnknown(name, performance.now());
    return found;
  }
}
