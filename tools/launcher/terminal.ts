import { styleText } from 'node:util';

/** Where a step says what it is doing just now. */
export type Say = (what: string) => void;
/** A terminal, or whatever output was redirected to. */
export type Output = NodeJS.WritableStream & { isTTY?: boolean; columns?: number };
export type Emphasis = Parameters<typeof styleText>[0];

const FRAMES = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
const FRAME_MS = 80;
/** Where lines stay, a step that says much is not to fill the log. */
const QUIET_MS = 2_000;
const TITLE_WIDTH = 16;
const WIDEST = 120;
const NARROWEST = 80;

/** Shows what goes on: with a moving line and colours on a terminal, as plain lines elsewhere. */
export class Terminal {
  readonly width: number;
  private readonly live: boolean;
  private readonly coloured: boolean;
  private current: { title: string; what: string; since: number; saidAt: number } | undefined;

  constructor(private readonly out: Output, colours = true) {
    this.live = Boolean(out.isTTY);
    this.coloured = this.live && colours;
    this.width = Math.min(Math.max(out.columns ?? WIDEST, NARROWEST), WIDEST);
    // The terminal may be closed, or `| head` be done, before us; that must not end us without stopping what we started.
    out.on('error', () => undefined);
  }

  emphasize(emphasis: Emphasis, text: string): string {
    return this.coloured ? styleText(emphasis, text) : text;
  }

  line(text = ''): void {
    this.clear();
    this.out.write(`${text}\n`);
    this.draw();
  }

  /** Does a piece of work in sight: what it says, how long it took, and how it ended. */
  async step<Result>(title: string, work: (say: Say) => Promise<Result>, summary: (result: Result) => string): Promise<Result> {
    this.current = { title, what: '', since: Date.now(), saidAt: 0 };
    const ticker = this.live ? setInterval(() => this.draw(), FRAME_MS) : undefined;
    try {
      const result = await work((what) => this.say(what));
      this.finish('green', '✓', summary(result));
      return result;
    } catch (error) {
      this.finish('red', '✗', this.current?.what ?? '');
      throw error;
    } finally {
      clearInterval(ticker);
    }
  }

  private say(what: string): void {
    if (!this.current || this.current.what === what) return;
    this.current.what = what;
    if (this.live) return this.draw();
    if (Date.now() - this.current.saidAt < QUIET_MS) return;
    this.current.saidAt = Date.now();
    this.out.write(`  … ${this.current.title.padEnd(TITLE_WIDTH)}${what}\n`);
  }

  private finish(colour: Emphasis, mark: string, what: string): void {
    const { title, since } = this.current!;
    this.clear();
    this.current = undefined;
    const took = this.emphasize('dim', seconds(Date.now() - since));
    this.line(`  ${this.emphasize(colour, mark)} ${title.padEnd(TITLE_WIDTH)}${what}  ${took}`);
  }

  private clear(): void {
    if (this.live && this.current) this.out.write('\r\u001b[K');
  }

  private draw(): void {
    if (!this.live || !this.current) return;
    const { title, what, since } = this.current;
    const elapsed = Date.now() - since;
    const frame = FRAMES[Math.floor(elapsed / FRAME_MS) % FRAMES.length]!;
    const text = `${title.padEnd(TITLE_WIDTH)}${what}  ${seconds(elapsed)}`.slice(0, this.width - 5);
    this.clear();
    this.out.write(`  ${this.emphasize('cyan', frame)} ${text}`);
  }
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1_000).toFixed(1)} s`;
}
