import { inTime } from '../in-time';
import { serialiseError } from '../logging/serialise-error';

/** A question about health must be answered just when something doesn't answer. */
const REPORT_WITHIN_MS = 2_000;

/** What a part of a service says of itself; `ok: false` doesn't take the service out, it tells people why it is slow. */
export interface HealthReport {
  ok: boolean;
  [more: string]: unknown;
}

/** Parts register here; `/health/details` asks them. */
export class Health {
  private readonly parts = new Map<string, () => Promise<HealthReport> | HealthReport>();
  private draining = false;
  private started = false;

  register(name: string, report: () => Promise<HealthReport> | HealthReport): void {
    this.parts.set(name, report);
  }

  markStarted(): void { this.started = true; }
  markDraining(): void { this.draining = true; }

  /** Started and not draining. No dependency's state: else every gateway would be taken out just when it must spool. */
  get ready(): boolean { return this.started && !this.draining; }

  async details(): Promise<{ status: 'ok' | 'degraded'; parts: Record<string, HealthReport> }> {
    const parts: Record<string, HealthReport> = {};
    await Promise.all([...this.parts].map(async ([name, report]) => {
      try {
        parts[name] = await inTime(report(), REPORT_WITHIN_MS);
      } catch (error) {
        const { code, message } = serialiseError(error);
        parts[name] = { ok: false, error: code ?? message }; // an address may stand in the words
      }
    }));
    const ok = this.ready && Object.values(parts).every((part) => part.ok);
    return { status: ok ? 'ok' : 'degraded', parts };
  }
}
