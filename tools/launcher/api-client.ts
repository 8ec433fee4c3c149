import { setTimeout as delay } from 'node:timers/promises';
import { LauncherError } from './launcher-error';

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';
type Headers = Record<string, string>;

export interface Answer<Data> {
  status: number;
  message: string;
  data: Data;
  meta?: { next_cursor?: string | null; missing?: string[] };
}

interface Problem {
  status: number;
  code?: string;
  detail?: string;
  errors?: { field: string; detail: string }[];
}

export interface ApiOptions {
  url: string;
  token: string;
  /** ends every request */
  signal?: AbortSignal;
  /** how long to go on when a service behind the API doesn't answer yet; not at all when left out */
  patienceMs?: number;
}

const PAUSE_MS = 500;

/** The API refused a request; `detail` is its own sentence for it. */
export class ApiRefusal extends LauncherError {
  readonly status: number;
  readonly code: string | undefined;
  readonly detail: string;

  constructor(request: string, { status, code, detail, errors = [] }: Problem) {
    const sentence = detail ?? `it answered with status ${status}`;
    const fields = errors.filter((error) => error.detail !== sentence).map((error) => `${error.field}: ${error.detail}`);
    const whole = [sentence, ...fields].join('; ');
    super(`${request} was refused (${status}): ${whole}`);
    this.name = 'ApiRefusal';
    this.status = status;
    this.code = code;
    this.detail = whole;
  }

  /** Nothing was done, and the same request may go through in a moment. */
  get isTemporary(): boolean {
    return this.status === 503 || this.code === 'in_flight';
  }
}

/** Headwater's HTTP API with one credential. */
export class ApiClient {
  constructor(private readonly options: ApiOptions) {}

  async get<Data>(path: string): Promise<Data> {
    return (await this.send<Data>('GET', path)).data;
  }

  /** Every item of a list, page after page. */
  async list<Item>(path: string): Promise<Item[]> {
    const items: Item[] = [];
    let cursor: string | null | undefined;
    do {
      const page = await this.send<Item[]>('GET', cursor ? `${path}?cursor=${encodeURIComponent(cursor)}` : path);
      items.push(...page.data);
      cursor = page.meta?.next_cursor;
    } while (cursor);
    return items;
  }

  /** @throws ApiRefusal for every status from 400; LauncherError when nobody answers */
  async send<Data>(method: Method, path: string, body?: unknown, headers: Headers = {}): Promise<Answer<Data>> {
    const { patienceMs = 0, signal } = this.options;
    const deadline = Date.now() + patienceMs;
    for (;;) {
      try {
        return await this.sendOnce<Data>(method, path, body, headers);
      } catch (error) {
        if (!(error instanceof ApiRefusal && error.isTemporary) || Date.now() > deadline) throw error;
        await delay(PAUSE_MS, undefined, { signal });
      }
    }
  }

  private async sendOnce<Data>(method: Method, path: string, body: unknown, headers: Headers): Promise<Answer<Data>> {
    const type: Headers = body === undefined ? {} : { 'content-type': 'application/json' };
    const answer = await this.fetch(method, path, { authorization: `Bearer ${this.options.token}`, ...type, ...headers }, body);
    const content = parse<Data>(await answer.text());
    if (!answer.ok) throw new ApiRefusal(`${method} ${path}`, { ...content, status: answer.status });
    return { ...content, status: answer.status };
  }

  private async fetch(method: Method, path: string, headers: Headers, body: unknown): Promise<Response> {
    const { url, signal } = this.options;
    try {
      return await fetch(`${url}${path}`, { method, headers, body: JSON.stringify(body), signal });
    } catch (error) {
      signal?.throwIfAborted();
      const { cause, message } = error as Error & { cause?: NodeJS.ErrnoException };
      throw new LauncherError(`Nobody answers at ${url} (${cause?.code ?? cause?.message ?? message})`, { cause: error });
    }
  }
}

/** An answer that isn't JSON comes from a proxy, or from something else on this port; its status says the rest. */
function parse<Data>(text: string): Answer<Data> & Problem {
  try {
    return JSON.parse(text) as Answer<Data> & Problem;
  } catch {
    return {} as Answer<Data> & Problem;
  }
}
