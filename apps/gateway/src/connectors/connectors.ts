import { Inject, Injectable } from '@nestjs/common';
import {
  ChangeInlet, CommandInlet, CreateInlet, DomainError, GetInlet, jsonSchemaOf, nestedClasses, PageInlets, SECRET_PREFIX,
  type ConnectorSetup, type Context, type InletCommand, type InletRecord, type Warning,
} from '@headwater/contracts';
import { CONNECTORS, connectorNamed } from '@headwater/inlets';
import { Requester } from '@headwater/messaging';
import { GATEWAY_CONFIG, type GatewayConfig } from '../gateway.config';
import { Inlets } from '../inlets/inlets';
import type { Connector, ConnectorKind, CreateConnectorRequest, PatchConnectorRequest } from './connectors.answers';
import { OpenedConnectors } from './opened-connectors';

const KIND = 'connector';
const LONGEST_SECRET = 4_000;

export interface Managed { data: Connector; warnings: Warning[] }

/** Connectors as admins set them up. Secrets are sealed here, at the edge, and never shown again. */
@Injectable()
export class Connectors {
  constructor(
    private readonly requester: Requester, private readonly inlets: Inlets, private readonly opened: OpenedConnectors,
    @Inject(GATEWAY_CONFIG) private readonly config: GatewayConfig,
  ) {}

  /** @param base the address under which the caller reaches us: vendors do by the same, unless the operator has named one */
  async create(context: Context, { name, kind, options, secrets }: CreateConnectorRequest, base: string): Promise<Managed> {
    const settings = { connector: kind, options: options ?? {}, ...this.sealed(context, kind, secrets ?? {}) };
    return this.changed(base, await this.requester.ask(CreateInlet, { context, kind: KIND, name, settings }));
  }

  async page(context: Context, page: { cursor?: string; limit: number }, base: string): Promise<{ connectors: Connector[]; next_cursor: string | null }> {
    const { inlets, next_cursor } = await this.requester.ask(PageInlets, { context, kind: KIND, ...page });
    return { connectors: inlets.map((inlet) => this.viewOf(inlet, base)), next_cursor };
  }

  async get(context: Context, id: number, base: string): Promise<Managed> {
    return this.managed(await this.record(context, id), base);
  }

  /** The kind of a connector never changes: what it was sealed and set up for would make no sense. */
  async change(context: Context, id: number, { name, options, secrets }: PatchConnectorRequest, base: string): Promise<Managed> {
    const { connector } = (await this.record(context, id)).settings as unknown as ConnectorSetup;
    const settings = { ...(options ? { options } : {}), ...this.sealed(context, connector, secrets ?? {}) };
    return this.changed(base, await this.requester.ask(ChangeInlet, { context, kind: KIND, id, settings, ...(name ? { name } : {}) }));
  }

  async command(context: Context, id: number, command: InletCommand, base: string): Promise<Managed> {
    return this.changed(base, await this.requester.ask(CommandInlet, { context, kind: KIND, id, command }));
  }

  async record(context: Context, id: number): Promise<InletRecord> {
    return (await this.requester.ask(GetInlet, { context, kind: KIND, id })).inlet;
  }

  private async changed(base: string, { inlet }: { inlet: InletRecord }): Promise<Managed> {
    await this.inlets.refreshIfPossible();
    return this.managed(inlet, base);
  }

  private viewOf({ id, name, key, settings, created_at, updated_at, revoked_at }: InletRecord, base: string): Connector {
    const { connector: kind, options } = settings as unknown as ConnectorSetup;
    return {
      id, name, kind, entry: connectorNamed(kind)?.entry ?? 'webhook', key, url: `${this.config.PUBLIC_URL ?? base}/in/${key}`, options, secrets: secretsOf(settings),
      created_at, updated_at, revoked_at,
    };
  }

  private managed(inlet: InletRecord, base: string): Managed {
    const data = this.viewOf(inlet, base);
    const source = connectorNamed(data.kind)?.source;
    const isOpen = data.secrets.filter((name) => name !== source?.secret).length === 0;
    return {
      data,
      warnings: [
        ...(isOpen ? [{ code: 'not_verified', detail: 'Whoever knows the address can send: set up a secret, if the sender can be given one' }] : []),
        ...(source && !data.secrets.includes(source.secret)
          ? [{ code: 'nothing_fetched', detail: `Records that the vendor only names are not asked for until the secret ${source.secret} is set up` }] : []),
      ],
    };
  }

  /** @throws DomainError `unknown_field` for a secret that the kind doesn't have; `no_sealing_key` */
  private sealed(context: Context, kind: string, secrets: Record<string, unknown>): Record<string, string | null> {
    const known = connectorNamed(kind)?.secrets;
    if (!known) throw DomainError.invalidField('kind', 'unknown_value', 'kind must be one of those that GET /connectors/kinds lists');
    return Object.fromEntries(Object.entries(secrets).map(([name, secret]) => {
      const field = `secrets.${name.slice(0, 100)}`;
      if (!Object.hasOwn(known, name)) throw DomainError.invalidField(field, 'unknown_field', `${field} is no secret of a connector of the kind ${kind}`);
      if (secret === null) return [SECRET_PREFIX + name, null];
      if (typeof secret !== 'string' || secret === '') throw DomainError.invalidField(field, 'wrong_type', `${field} must be text, or null`);
      if (secret.length > LONGEST_SECRET) throw DomainError.invalidField(field, 'too_long', `${field} must have at most ${LONGEST_SECRET} characters`);
      return [SECRET_PREFIX + name, this.opened.seal(context.tenant.id, name, secret)];
    }));
  }
}

const secretsOf = (settings: Record<string, unknown>): string[] => Object.keys(settings)
  .filter((name) => name.startsWith(SECRET_PREFIX)).map((name) => name.slice(SECRET_PREFIX.length)).sort();

/** What there is to choose from. */
export const connectorKinds = (): ConnectorKind[] => CONNECTORS.map(({ name: kind, title, entry, options, secrets }) => ({
  kind, title, entry, options: schemaOf(options),
  secrets: Object.entries(secrets).map(([name, { description, required }]) => ({ name, description, required: required ? 'always' : 'by_options' })),
}));

/** With the schemas of what it nests. */
function schemaOf(type: new () => object): object {
  const [own, ...nested] = nestedClasses(type);
  const options = { closed: true, refPrefix: '#/$defs/' };
  const defs = nested.map((one) => [one.name, jsonSchemaOf(one, options)] as const);
  return { ...jsonSchemaOf(own, options), ...(defs.length > 0 ? { $defs: Object.fromEntries(defs) } : {}) };
}
