export { leadOf, type LeadOfDelivery } from './answers-to-lead';
export type {
  Answer, Connector, ConnectorSettings, Delivery, Fetch, Ignored, InboundRequest, OpenBody, PlainAnswer, Reading, RecordSource, Verification,
} from './connector';
export type { Mail, MailAddress, MailAttachment } from './mail';
export { nestedFields } from './nested-fields';
export { ConnectorOptions, wrongFields } from './options';
export { deliveryNameOf, readDeliveries, readRecord, setUp, TO_FETCH, type NamedDelivery, type ReadOne, type SetUp } from './read-deliveries';
export { CONNECTORS, connectorNamed } from './registry';
