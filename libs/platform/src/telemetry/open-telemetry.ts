import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import type { Context, Span as OtelSpan } from '@opentelemetry/api';
import type { Sampler } from '@opentelemetry/sdk-trace-base';
import type { Service } from '@headwater/contracts';
import { parseEnvironment, serviceVariables, type Environment } from '../config/config';
import { DroppingExporter } from './dropping-exporter';
import { readPairs } from './read-pairs';
import { readTraceparent, writeTraceparent } from './traceparent';
import type { Recorder, Span } from './recorder';

const FLUSH_WITHIN_MS = 1_500;
const EXPORT_WITHIN_MS = 5_000;
/** Some ten megabytes; what comes while it is full is dropped. */
const MOST_WAITING = 4_096;

const { OTEL_EXPORTER_OTLP_ENDPOINT, OTEL_EXPORTER_OTLP_HEADERS, OTEL_SERVICE_NAME, OTEL_RESOURCE_ATTRIBUTES, OTEL_TRACES_SAMPLER,
  OTEL_TRACES_SAMPLER_ARG, OTEL_BSP_SCHEDULE_DELAY } = serviceVariables;
const variables = { OTEL_EXPORTER_OTLP_ENDPOINT, OTEL_EXPORTER_OTLP_HEADERS, OTEL_SERVICE_NAME, OTEL_RESOURCE_ATTRIBUTES, OTEL_TRACES_SAMPLER,
  OTEL_TRACES_SAMPLER_ARG, OTEL_BSP_SCHEDULE_DELAY };

type Api = typeof import('@opentelemetry/api');
type Sdk = typeof import('@opentelemetry/sdk-trace-base');

/**
 * Records with OpenTelemetry's SDK, which is loaded now and not before, and sends OTLP over HTTP, as JSON. Nothing of it is
 * registered process-wide. @throws ConfigurationError
 */
export async function openTelemetry(service: Service, environment: Environment): Promise<Recorder> {
  const [api, sdk, { resourceFromAttributes }, { OTLPTraceExporter }] = await Promise.all([
    import('@opentelemetry/api'), import('@opentelemetry/sdk-trace-base'), import('@opentelemetry/resources'),
    import('@opentelemetry/exporter-trace-otlp-http'),
  ]);
  const config = parseEnvironment(environment, variables);
  const logger = new Logger('Tracing');
  const exporter = new OTLPTraceExporter({
    url: `${config.OTEL_EXPORTER_OTLP_ENDPOINT?.replace(/\/+$/, '')}/v1/traces`,
    headers: readPairs(config.OTEL_EXPORTER_OTLP_HEADERS?.read()),
    timeoutMillis: EXPORT_WITHIN_MS,
  });
  const provider = new sdk.BasicTracerProvider({
    resource: resourceFromAttributes({
      'service.namespace': 'headwater', 'service.instance.id': randomUUID(), ...readPairs(config.OTEL_RESOURCE_ATTRIBUTES),
      'service.name': config.OTEL_SERVICE_NAME ?? `headwater-${service}`,
    }),
    sampler: samplerOf(sdk, config.OTEL_TRACES_SAMPLER, config.OTEL_TRACES_SAMPLER_ARG),
    spanProcessors: [new sdk.BatchSpanProcessor(new DroppingExporter(exporter, (sentence) => logger.warn(sentence)), {
      maxQueueSize: MOST_WAITING, scheduledDelayMillis: config.OTEL_BSP_SCHEDULE_DELAY, exportTimeoutMillis: EXPORT_WITHIN_MS,
    })],
  });
  const tracer = provider.getTracer('headwater');
  const { SERVER: server, CLIENT: client, PRODUCER: producer, CONSUMER: consumer } = api.SpanKind;
  const kinds = { server, client, producer, consumer };
  return {
    start: (name, { kind, parent, attributes }) =>
      spanOf(api, tracer.startSpan(name, { kind: kinds[kind], attributes: attributes() }, contextOf(api, parent))),
    stop: () => Promise.race([provider.shutdown(), delay(FLUSH_WITHIN_MS, undefined, { ref: false })]),
  };
}

function contextOf({ ROOT_CONTEXT, trace }: Api, parent: string | undefined): Context {
  const ids = readTraceparent(parent);
  if (!ids) return ROOT_CONTEXT;
  return trace.setSpanContext(ROOT_CONTEXT, { traceId: ids.traceId, spanId: ids.spanId, traceFlags: ids.flags, isRemote: true });
}

function spanOf({ SpanStatusCode }: Api, span: OtelSpan): Span {
  const { traceId, spanId, traceFlags } = span.spanContext();
  return {
    traceparent: writeTraceparent({ traceId, spanId, flags: traceFlags }),
    set: (attributes) => { span.setAttributes(attributes); },
    end: (error) => {
      if (error !== undefined) span.setAttribute('error.type', kindOf(error)).setStatus({ code: SpanStatusCode.ERROR });
      span.end();
    },
  };
}

/** A code where there is one: an error's words may quote what it could not handle. */
function kindOf(error: unknown): string {
  const { code } = (error ?? {}) as { code?: unknown };
  if (typeof code === 'string') return code;
  return error instanceof Error ? error.constructor.name : String(error);
}

function samplerOf(sdk: Sdk, name: string, argument: number): Sampler {
  const [, isParentBased, root] = /^(parentbased_)?(.*)$/.exec(name) as unknown as [string, string | undefined, string];
  const sampler = root === 'always_off' ? new sdk.AlwaysOffSampler()
    : root === 'traceidratio' ? new sdk.TraceIdRatioBasedSampler(argument) : new sdk.AlwaysOnSampler();
  return isParentBased ? new sdk.ParentBasedSampler({ root: sampler }) : sampler;
}
