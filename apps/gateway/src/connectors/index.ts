import { Connectors } from './connectors';
import { ConnectorsController } from './connectors.controller';
import { InboundController } from './inbound.controller';
import { OpenedConnectors } from './opened-connectors';
import { ReceiveDeliveries } from './receive-deliveries';
import { ReplayController } from './replay.controller';

/** Ways in for other systems: their administration, and the address that each of them has. */
export const CONNECTORS = { controllers: [ConnectorsController, ReplayController, InboundController], providers: [Connectors, OpenedConnectors, ReceiveDeliveries] };
