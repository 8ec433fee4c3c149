import { Controller, Delete, Get, Patch, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Text, type ConnectorSetup, type Context } from '@headwater/contracts';
import { connectorNamed, readDeliveries, type Connector as Kind, type ReadOne } from '@headwater/inlets';
import { Requires } from '../access/requires';
import { Returns } from '../documents/returns';
import { withWarnings } from '../documents/with-warnings';
import { InContext } from '../input/incoming';
import { JsonBody } from '../input/json-body';
import { DEFAULT_LIMIT, PageParameters, Parameters, PathId } from '../input/parameters';
import { ReachedAt } from '../inlets/reached-at';
import { connectorKinds, Connectors } from './connectors';
import { Connector, ConnectorKind, CreateConnectorRequest, PatchConnectorRequest, ReadDelivery, TestConnectorRequest } from './connectors.answers';
import * as examples from './connectors.examples';
import { openBody } from './open-body';
import { openMail } from './open-mail';

class KindParameter {
  @Text(60, { description: 'this one alone' }) kind?: string;
}

@ApiTags('connectors')
@Controller('api/v1/crm/connectors')
export class ConnectorsController {
  constructor(private readonly connectors: Connectors) {}

  @Post()
  @Requires('admin')
  @Returns({
    summary: 'Set up a connector', data: Connector, status: 201,
    description: 'Its `url` is where the vendor sends to. Secrets are sealed before they are stored, and shown to nobody again.',
    examples: examples.createConnector,
  })
  async createConnector(@InContext() context: Context, @JsonBody(CreateConnectorRequest) body: CreateConnectorRequest, @ReachedAt() base: string) {
    const { data, warnings } = await this.connectors.create(context, body, base);
    return withWarnings({ message: 'Connector created', data }, warnings);
  }

  @Get()
  @Requires('admin')
  @Returns({ summary: 'List connectors, revoked ones too', data: Connector, list: true, examples: examples.listConnectors })
  async listConnectors(@InContext() context: Context, @Parameters(PageParameters) { cursor, limit = DEFAULT_LIMIT }: PageParameters, @ReachedAt() base: string) {
    const { connectors, next_cursor } = await this.connectors.page(context, { limit, ...(cursor ? { cursor } : {}) }, base);
    return { message: 'Connectors listed', data: connectors, meta: { next_cursor } };
  }

  @Get('kinds')
  @Requires('admin')
  @Returns({ summary: 'List the kinds of connectors, with what each can be told', data: ConnectorKind, list: true, examples: examples.listConnectorKinds })
  listConnectorKinds(@Parameters(KindParameter) { kind: wanted }: KindParameter) {
    return { message: 'Connector kinds listed', data: connectorKinds().filter(({ kind }) => wanted === undefined || kind === wanted) };
  }

  @Get(':id')
  @Requires('admin')
  @Returns({ summary: 'Read a connector', data: Connector, examples: examples.getConnector })
  async getConnector(@PathId('Connector') id: number, @InContext() context: Context, @ReachedAt() base: string) {
    const { data, warnings } = await this.connectors.get(context, id, base);
    return withWarnings({ message: 'Connector found', data }, warnings);
  }

  @Patch(':id')
  @Requires('admin')
  @Returns({ summary: 'Change a connector', data: Connector, examples: examples.updateConnector })
  async updateConnector(
    @PathId('Connector') id: number, @InContext() context: Context, @JsonBody(PatchConnectorRequest) body: PatchConnectorRequest, @ReachedAt() base: string,
  ) {
    const { data, warnings } = await this.connectors.change(context, id, body, base);
    return withWarnings({ message: 'Connector updated', data }, warnings);
  }

  @Delete(':id')
  @Requires('admin')
  @Returns({ summary: 'Revoke a connector', data: Connector, description: 'Its address answers 410 from now on.', examples: examples.revokeConnector })
  async revokeConnector(@PathId('Connector') id: number, @InContext() context: Context, @ReachedAt() base: string) {
    const { data } = await this.connectors.command(context, id, 'revoke', base);
    return { message: 'Connector revoked', data };
  }

  @Post(':id/rotate-key')
  @Requires('admin')
  @Returns({ summary: 'Give a connector another address', data: Connector, description: 'The former one is unknown from now on.', examples: examples.rotateConnectorKey })
  async rotateConnectorKey(@PathId('Connector') id: number, @InContext() context: Context, @ReachedAt() base: string) {
    const { data, warnings } = await this.connectors.command(context, id, 'rotate_key', base);
    return withWarnings({ message: 'Connector has a new address', data }, warnings);
  }

  @Post(':id/test')
  @Requires('admin')
  @Returns({
    summary: 'See what a connector reads in a delivery', data: ReadDelivery, list: true,
    description: 'Nothing is written, and no signature is asked for.', examples: examples.testConnector,
  })
  async testConnector(@PathId('Connector') id: number, @InContext() context: Context, @JsonBody(TestConnectorRequest) { content_type, body }: TestConnectorRequest) {
    const { settings } = await this.connectors.record(context, id);
    const { connector: kind, options } = settings as unknown as ConnectorSetup;
    const connector = connectorNamed(kind) as Kind;
    const opened = await (connector.opensMail ? openMail : openBody)(Buffer.from(body), content_type ?? 'application/json');
    const secrets = Object.keys(connector.secrets);
    return { message: 'Delivery read', data: readDeliveries({ connector, options, secrets }, opened).map(readingOf) };
  }
}

function readingOf({ id, captured: { lead, rejected }, problems, named }: ReadOne): ReadDelivery {
  if (rejected) return { delivery_id: id, outcome: 'rejected', ...rejected };
  return { delivery_id: id, outcome: named ? 'fetched' : 'lead', lead, problems };
}
