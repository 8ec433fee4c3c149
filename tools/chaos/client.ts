import type { Submission } from './population';

/** What came back: a status whose answer was read to its end, or nothing. */
export type Answer = { status: number; code?: string } | { status: null; code: string };

const TIMEOUT_MS = 15_000;
const ACCEPTED = [200, 201, 202];
/** Another attempt may be answered otherwise. */
const IN_FLIGHT = 'in_flight';

/** Posts leads as senders do. */
export class Client {
  constructor(private readonly url: string, private readonly keys: Record<Submission['entry'], string>) {}

  async post({ key, entry, body }: Submission, signal: AbortSignal): Promise<Answer> {
    try {
      const response = await fetch(`${this.url}/api/v1/crm/leads`, {
        method: 'POST', body: JSON.stringify(body), signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
        headers: { authorization: `Bearer ${this.keys[entry]}`, 'content-type': 'application/json', 'idempotency-key': key },
      });
      const { code } = await response.json() as { code?: string };
      return { status: response.status, code };
    } catch (error) {
      signal.throwIfAborted();
      const { cause, name } = error as Error & { cause?: NodeJS.ErrnoException };
      return { status: null, code: cause?.code ?? name };
    }
  }
}

export const isAccepted = ({ status }: Answer): boolean => status !== null && ACCEPTED.includes(status);

/** Whether the same request is to be sent again; a client that is at fault itself has no business repeating it. */
export const isWorthRepeating = ({ status, code }: Answer): boolean =>
  status === null || status >= 500 || status === 429 || (status === 409 && code === IN_FLIGHT);

/** As it is counted: `201`, `409 in_flight`, `ECONNREFUSED`. */
export const labelOf = ({ status, code }: Answer): string => [status, code].filter(Boolean).join(' ');
