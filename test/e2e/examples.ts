import { randomUUID } from 'node:crypto';
import { connect } from 'nats';
import { natsLogin } from '../../libs/embedded/src';
import { eventually } from '../../libs/testing/src/eventually';
import { routes, type Parameter, type Route } from './api-document';
import { differences, inThisRun, type Ids } from './compare-answers';
import { call, isKept, running, type Answer } from './headwater';

/** The tenant of the examples, and the caller who is named in them. */
const TENANT = 'acme';
const CALLER = 'CRM sync';
const KEY = 'Idempotency-Key';

/** One example of the document: what is sent, and what it says will come. */
export interface Example { name: string; route: Route; status: number; answer: unknown }

/** Every example by `operation.name`, those that hold for all operations aside. */
export const examples: Map<string, Example> = new Map(routes.flatMap((route) =>
  Object.entries(route.operation.responses).flatMap(([status, response]) => ('$ref' in response ? [] : Object.values(response.content))
    .flatMap(({ examples: shown = {} }) => Object.entries(shown))
    .filter(([name]) => !name.startsWith('unknown_') || hasRequest(route, name))
    .map(([name, { value }]) => [`${route.operation.operationId}.${name}`, { name, route, status: Number(status), answer: value }] as const))));

function hasRequest({ operation: { parameters, requestBody } }: Route, name: string): boolean {
  const places = [...parameters, ...Object.values(requestBody?.content ?? {})];
  return places.some((place) => name in (place.examples ?? {}));
}

const bodyOf = ({ operation: { requestBody } }: Route, name: string): unknown =>
  Object.values(requestBody?.content ?? {})[0]?.examples?.[name]?.value;

/** What an example says of a parameter: a value of its own, else, for ids in a path, the usual one. */
const valueOf = ({ examples: shown }: Parameter, name: string): unknown => (shown?.[name] ?? shown?.usual)?.value;

/** Lower than those of a former run against the same system. */
const FIRST = 10 ** 16 - Date.now() * 1_000;
let worlds = 0;

/** A tenant of its own, in which an example means what it says: nobody but the people of the examples is there. */
export class World {
  readonly ids: Ids = new Map();
  /** the newest is the first in order: there lists begin */
  readonly tenant = `${TENANT}-${FIRST - (worlds += 1)}`;
  private key: string | undefined;

  async open(): Promise<this> {
    await this.send('createTenant.acme');
    this.key = await this.makeKey(CALLER, 'admin');
    return this;
  }

  /** A key of a public form. */
  guestKey = (): Promise<string> => this.makeKey('form', 'guest');

  private async makeKey(name: string, role: string): Promise<string> {
    const { body } = await call<{ key: string }>('POST', `/api/v1/admin/tenants/${this.tenant}/keys`, { name, role }, { token: running().operator_token });
    return body.data.key;
  }

  /** Sends the request of an example. What has been kept because intake is behind is sent again under its key, where no example is of that. */
  async send(example: string, options: { token?: string } = {}): Promise<Answer> {
    const { name, route, status } = named(example);
    if (status === 202) return this.kept(() => this.request(route, name, options));
    if (route.operation.operationId !== 'createLead') return this.request(route, name, options);
    const hasKey = route.operation.parameters.some((parameter) => parameter.name === KEY && valueOf(parameter, name));
    const headers = hasKey ? undefined : { [KEY]: randomUUID() };
    return eventually('intake has taken the lead in', async () => {
      const answer = await this.request(route, name, { ...options, headers });
      return !isKept(answer) && answer;
    });
  }

  /** Sends what is to be kept until a broker that is behind has kept it: without its word that is 503, and nothing was promised. */
  private kept(send: () => Promise<Answer>): Promise<Answer> {
    return eventually('the broker has kept it', async () => {
      const answer = await send();
      return answer.status !== 503 && answer;
    });
  }

  /** Sends a request of a route, as its caller would. @param change of parameters, and what stands instead of the body */
  async request(
    route: Route, name: string, { token = this.tokenFor(route), parameters = {}, ...raw }: {
      token?: string | null; parameters?: Record<string, unknown>; raw?: string; headers?: Record<string, string>;
    } = {},
  ): Promise<Answer> {
    const given = Object.entries({
      ...Object.fromEntries(route.operation.parameters.map((parameter) => [parameter.name, valueOf(parameter, name)])), ...parameters,
    }).filter(([, value]) => value !== undefined).map(([parameter, value]) => [parameter, String(this.real(inThisRun(value, this.ids, parameter)))] as const);
    const place = new Map(route.operation.parameters.map((parameter) => [parameter.name, parameter.in]));
    const path = given.reduce((address, [parameter, value]) => address.replace(`{${parameter}}`, encodeURIComponent(value)), route.path);
    const query = new URLSearchParams(Object.fromEntries(given.filter(([parameter]) => (place.get(parameter) ?? 'query') === 'query')));
    const headers = Object.fromEntries(given.filter(([parameter]) => place.get(parameter) === 'header'));
    const [type = 'application/json'] = Object.keys(route.operation.requestBody?.content ?? {});
    const body = this.real(inThisRun(bodyOf(route, name), this.ids));
    const file: Record<string, string> = type === 'application/json' || raw.raw !== undefined ? {} : { 'content-type': type };
    const sent = 'content-type' in file ? { raw: body as string } : raw;
    return call(route.method, `${path}${query.size > 0 ? `?${query}` : ''}`, body, { token, ...sent, headers: { ...headers, ...file, ...raw.headers } });
  }

  /** Where the answer isn't as the example has it. */
  compare(example: string, { status, body }: Answer, { rebind = false } = {}): string[] {
    const { status: promised, answer } = named(example);
    const told = JSON.parse(JSON.stringify(body).replaceAll(this.tenant, TENANT)) as unknown;
    return [...(status === promised ? [] : [`status ${promised} in the example, ${status} in truth`]), ...differences(answer, told, this.ids, { rebind })];
  }

  /** Brings an example about as a step to another: it must succeed, and its ids are known from then on. */
  async step(example: string): Promise<void> {
    const answer = await this.send(example, isOfPublicForm(example) ? { token: await this.guestKey() } : {});
    if (answer.status >= 300) throw new Error(`${example} was refused: ${JSON.stringify(answer.body)}`);
    this.compare(example, answer, { rebind: true });
    if (example.startsWith('createLead.')) await this.routed();
  }

  private async routed(): Promise<void> {
    const { route } = named('getLead.routed');
    await eventually('the lead has score and owner', async () => {
      const { owner, lead_score } = (await this.request(route, 'routed')).body.data;
      return owner && lead_score;
    });
  }

  /** The leads are scored by the model that was activated. */
  async rescored(): Promise<void> {
    await eventually('all leads are scored anew', async () => {
      const { data } = (await this.send('getRescore.done')).body as unknown as { data: { state: string } };
      return data.state === 'done';
    });
  }

  /** An event that breaks its contract, put aside by the service that listens to it. */
  async deadLetter(): Promise<void> {
    const { data: { body, subject } } = this.real(named('getDeadLetter.with_event').answer) as { data: { body: string; subject: string } };
    const event = { ...(JSON.parse(body) as object), id: randomUUID(), tenantid: this.tenant };
    const connection = await connect(natsLogin(running().nats_url));
    try {
      await connection.jetstream().publish(subject.replace(`.${TENANT}.`, `.${this.tenant}.`), JSON.stringify(event));
    } finally {
      await connection.close();
    }
    await eventually('the event is put aside', async () => {
      const answer = await this.send('listDeadLetters.of_a_service');
      this.compare('listDeadLetters.of_a_service', answer, { rebind: true });
      return (answer.body.data as unknown as unknown[]).length > 0;
    });
  }

  /** A delivery in which the connector found nobody, until it was told where to look. */
  async rejectedDelivery(): Promise<void> {
    const { body } = await call<{ key: string }[]>('GET', '/api/v1/crm/connectors', undefined, { token: this.key });
    const delivery = { person: { email: 'ada@partner.example', surname: 'Ito' } };
    const received = await call<{ submissions: { submission_id: string }[] }>('POST', `/in/${body.data[0].key}?token=given%20to%20the%20partner`, delivery, { token: null });
    const { parameters } = named('replaySubmission.corrected').route.operation;
    this.ids.set(valueOf(parameters.find(({ name }) => name === 'id')!, 'corrected'), received.body.data.submissions[0].submission_id);
    await this.step('updateConnector.corrected');
  }

  /** The token in the mail that a form has asked for, which only the mail has. */
  async confirmation(): Promise<void> {
    const connection = await connect(natsLogin(running().nats_url));
    try {
      const { streams } = await connection.jetstreamManager();
      const mail = await eventually('the mail is asked for', () =>
        streams.getMessage('CRM', { last_by_subj: `crm.${this.tenant}.live.notification.requested.v2` }).catch(() => null));
      const { data } = mail!.json<{ data: { data: { confirm_url: string } } }>();
      const { parameters } = named('confirmForm.followed').route.operation;
      this.ids.set(valueOf(parameters.find(({ name }) => name === 'token')!, 'followed'), data.data.confirm_url.split('/').at(-1));
    } finally {
      await connection.close();
    }
  }

  /** Leads of whom no two are alike, each looked at for duplicates. */
  async manyLeads(count: number): Promise<void> {
    const token = this.key as string;
    const mailbox = (i: number) => `${i}${'abcdefghij'[i % 10]}nobody${i * 7}`;
    const leads = Array.from({ length: count }, (_, i) => ({ email: `${mailbox(i)}@example-${i}.com` }));
    await call('POST', '/api/v1/crm/leads/batch', { leads }, { token });
    const last = count - 1;
    await eventually('the last one is found by what it is like', async () => {
      const { body } = await call<{ candidates: object[] }>('POST', '/api/v1/crm/leads/duplicate-check', { email: `x${mailbox(last)}@example-${last}.com` }, { token });
      return body.data.candidates.length > 0;
    });
  }

  private tokenFor({ operation: { security } }: Route): string | null {
    if (!security) return null;
    const [{ bearer }] = security;
    return bearer.includes('operator') || !this.key ? running().operator_token : this.key;
  }

  /** The tenant by its name in this run. */
  private real(value: unknown): unknown {
    if (value === undefined) return undefined;
    return JSON.parse(JSON.stringify(value).replaceAll(`"${TENANT}"`, `"${this.tenant}"`)) as unknown;
  }
}

/** What a public form sends comes with a key of its kind. */
export const isOfPublicForm = (example: string): boolean => example.startsWith('createLead.public_form');

export function named(example: string): Example {
  const found = examples.get(example);
  if (!found) throw new Error(`The document has no example ${example}`);
  return found;
}
