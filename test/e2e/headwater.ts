import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { connect } from 'nats';
import { consumerControlSubject } from '../../libs/messaging/src';
import { SERVICES } from '../../libs/contracts/src';
import { natsLogin } from '../../libs/embedded/src';
import { eventually } from '../../libs/testing/src';
import { undocumented } from './api-document';

/** What the launcher writes about a running instance. */
export interface RunningHeadwater {
  url: string;
  api_key: string;
  rep_token: string;
  form_key: string;
  other_tenant_api_key: string;
  operator_token: string;
  tenant: string;
  database_url: string;
  nats_url: string;
  ports: Record<string, number>;
  pids: Record<string, number>;
}

export const running = (): RunningHeadwater => JSON.parse(readFileSync(process.env.HEADWATER_RUN as string, 'utf8')) as RunningHeadwater;

export interface Answer<Data = Record<string, unknown>> {
  status: number;
  headers: Headers;
  body: { message: string; code?: string; detail?: string; data: Data; warnings?: { code: string }[]; errors?: { field: string; code: string }[]; meta?: Record<string, unknown> } & Record<string, unknown>;
}

export interface CallOptions { token?: string | null; headers?: Record<string, string>; raw?: string | Uint8Array }

/**
 * One call of the API, as the demo tenant's admin unless told otherwise.
 * @throws when the OpenAPI document doesn't say that such an answer may come: status, type, headers, and every member
 */
export async function call<Data = Record<string, unknown>>(
  method: string, path: string, body?: unknown, { token, headers, raw }: CallOptions = {},
): Promise<Answer<Data>> {
  const { url, api_key } = running();
  const sent = raw ?? (body === undefined ? undefined : JSON.stringify(body));
  const response = await fetch(`${url}${path}`, {
    method,
    body: sent,
    headers: {
      ...(token === null ? {} : { authorization: `Bearer ${token ?? api_key}` }),
      ...(sent === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
  });
  const text = await response.text();
  const answer = { status: response.status, headers: response.headers, body: bodyOf(response, text) as Answer<Data>['body'] };
  const faults = undocumented(method, path, answer);
  if (faults.length > 0) throw new Error(`${method} ${path} answered what docs/api/openapi.json does not say:\n${faults.join('\n')}\n${text.slice(0, 2_000)}`);
  return answer;
}

/** A file is a text. */
const bodyOf = ({ headers }: Response, text: string): unknown =>
  (headers.get('content-type')?.startsWith('text/csv') ? text : text ? JSON.parse(text) : {});

const CRM = '/api/v1/crm';
export const post = <D = Record<string, unknown>>(path: string, body: unknown, options?: CallOptions) => call<D>('POST', `${CRM}${path}`, body, options);
/** A part whose owner has not answered within the short patience of a reader is read afterwards. */
export async function patch<D = Record<string, unknown>>(path: string, body: unknown, options?: CallOptions): Promise<Answer<D>> {
  const answer = await call<D>('PATCH', `${CRM}${path}`, body, options);
  if (!answer.body.meta?.missing) return answer;
  const { body: { data, meta } } = await get<D>(path, options?.token === undefined ? {} : { token: options.token });
  return { ...answer, body: { ...answer.body, data, meta } };
}
/** All of it: where a part is missing, since its owner has not answered within the short patience of a reader, it is asked for again. */
export async function get<D = Record<string, unknown>>(path: string, options?: CallOptions): Promise<Answer<D>> {
  const look = async (): Promise<Answer<D> | false> => {
    const answer = await call<D>('GET', `${CRM}${path}`, undefined, options);
    return !answer.body.meta?.missing && answer;
  };
  return await look() || eventually(`GET ${path} has all of it`, look); // what is wrong with the first answer is said at once
}

/** Pauses or resumes the event consumers of every service, as an operator would. */
export async function tellConsumers(what: 'pause' | 'resume'): Promise<void> {
  const connection = await connect(natsLogin(running().nats_url));
  try {
    for (const service of SERVICES) {
      const answer = await connection.request(consumerControlSubject(service), what, { timeout: 10_000 });
      if (answer.string() !== 'ok') throw new Error(`${service}: ${answer.string()}`);
    }
  } finally {
    await connection.close();
  }
}

let people = 0;

/** Somebody whom the system doesn't know, with the company and the phone number of the documents. */
export function newPerson(more: Record<string, unknown> = {}): Record<string, unknown> {
  people += 1;
  const unique = `${Date.now().toString(36)}${people}`;
  return {
    first_name: 'Sarah', last_name: 'Johnson', email: `sarah.johnson.${unique}@techcorp-${unique}.com`, company_name: `TechCorp ${unique} Inc`,
    job_title: 'CTO', phone: '+1-555-0123', source: 'web', ...more,
  };
}

/** Whether an intake that is behind has not said yet what became of a submission, which is kept. */
export const isKept = ({ status, body }: Answer<unknown>): boolean => status === 202 || body.code === 'in_flight';

/** Sends a lead in; an intake that is behind has it kept (202), and is asked again under the same key. @returns what became of it */
export function capture<D = Record<string, unknown>>(lead: unknown, { headers, ...options }: CallOptions = {}): Promise<Answer<D>> {
  const keyed = { ...options, headers: { 'idempotency-key': randomUUID(), ...headers } };
  return eventually('intake has taken the lead in', async () => {
    const answer = await post<D>('/leads', lead, keyed);
    return !isKept(answer) && answer;
  });
}

/** @returns the id of a lead that was just created */
export async function newLead(more: Record<string, unknown> = {}): Promise<number> {
  const { status, body } = await capture<{ id: number }>(newPerson(more));
  if (status !== 201) throw new Error(`POST /leads answered ${status}: ${JSON.stringify(body)}`);
  return body.data.id;
}
