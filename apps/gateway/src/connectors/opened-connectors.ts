import { Inject, Injectable, Logger } from '@nestjs/common';
import { DomainError, purposeOfSecret, SECRET_PREFIX, type ConnectorSetup, type EdgeInlet } from '@headwater/contracts';
import { connectorNamed, type Connector, type ConnectorSettings } from '@headwater/inlets';
import { Seals } from '@headwater/platform';
import { GATEWAY_CONFIG, type GatewayConfig } from '../gateway.config';

export interface OpenConnector { connector: Connector; settings: ConnectorSettings }

/** Connectors as they are used, with their secrets opened: in memory only, and for as long as the copy of the inlet is. */
@Injectable()
export class OpenedConnectors {
  private readonly logger = new Logger(OpenedConnectors.name);
  private readonly opened = new WeakMap<EdgeInlet, OpenConnector>();
  private readonly seals: Seals;

  constructor(@Inject(GATEWAY_CONFIG) { SEALING_KEY }: GatewayConfig) {
    this.seals = new Seals(SEALING_KEY);
  }

  /** @throws DomainError `unavailable` when a secret can't be opened, or a newer build made it: the vendor tries again */
  open(inlet: EdgeInlet): OpenConnector {
    const known = this.opened.get(inlet) ?? this.openAnew(inlet);
    this.opened.set(inlet, known);
    return known;
  }

  /** @throws DomainError `no_sealing_key` */
  seal(tenant: string, name: string, secret: string): string {
    return this.seals.seal(secret, purposeOfSecret(tenant, name));
  }

  private openAnew({ tenant, settings }: EdgeInlet): OpenConnector {
    const { connector: kind, options } = settings as unknown as ConnectorSetup;
    const connector = connectorNamed(kind);
    if (!connector) throw DomainError.unavailable('This connector is of a kind that is not known here yet');
    try {
      const sealed = Object.entries(settings).filter(([name]) => name.startsWith(SECRET_PREFIX))
        .map(([name, value]) => [name.slice(SECRET_PREFIX.length), String(value)] as const);
      const secrets = Object.fromEntries(sealed.map(([name, value]) => [name, this.seals.open(value, purposeOfSecret(tenant, name))]));
      return { connector, settings: { secrets, options } };
    } catch (err) {
      this.logger.error({ err }, 'The secrets of a connector could not be opened');
      throw DomainError.unavailable('The secrets of this connector can not be read at the moment');
    }
  }
}
