import type { Envelope } from '@headwater/contracts';
import type { Span, Tracing } from '@headwater/platform';
import { STREAM } from '../broker/broker';

/** The span of an event that is handled, as OpenTelemetry names its attributes; undefined where its trace isn't recorded. @param batch of how many */
export function processingSpan(tracing: Tracing, subscription: string, event: Envelope<unknown>, batch: number): Span | undefined {
  return tracing.begin(`process ${event.type}`, {
    kind: 'consumer', parent: event.traceparent,
    attributes: () => ({
      'messaging.system': 'nats', 'messaging.operation.type': 'process', 'messaging.destination.name': STREAM,
      'messaging.consumer.group.name': subscription, 'messaging.message.id': event.id, 'messaging.batch.message_count': batch,
      'headwater.tenant': event.tenantid, 'headwater.lead_id': event.leadid,
    }),
  });
}
