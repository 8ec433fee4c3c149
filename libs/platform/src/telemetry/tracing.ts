import type { OnApplicationShutdown } from '@nestjs/common';
import type { Service } from '@headwater/contracts';
import { parseEnvironment, serviceVariables, type Environment } from '../config/config';
import { openTelemetry } from './open-telemetry';
import type { Recorder, Span, SpanOptions } from './recorder';
import { isSampled, readTraceparent } from './traceparent';

/** Spans at the seams of a service. While tracing is off there are none, and the trace contexts of others pass through as they came. */
export class Tracing implements OnApplicationShutdown {
  private constructor(private readonly recorder: Recorder | null) {}

  static readonly off = new Tracing(null);

  /** On when the environment says where spans are to be sent. @throws ConfigurationError */
  static async start(service: Service, environment: Environment): Promise<Tracing> {
    const { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, OTEL_SDK_DISABLED: isDisabled } = parseEnvironment(environment, {
      OTEL_EXPORTER_OTLP_ENDPOINT: serviceVariables.OTEL_EXPORTER_OTLP_ENDPOINT, OTEL_SDK_DISABLED: serviceVariables.OTEL_SDK_DISABLED,
    });
    if (!endpoint || isDisabled) return Tracing.off;
    return new Tracing(await openTelemetry(service, environment));
  }

  /** Where a trace may begin: the edge. @returns undefined while tracing is off; else whether it is recorded is the sampler's decision */
  beginAtEdge(name: string, options: SpanOptions): Span | undefined {
    return this.recorder?.start(name, options);
  }

  /** Part of a trace that has begun. @returns undefined when nobody records that */
  begin(name: string, options: SpanOptions): Span | undefined {
    if (!this.recorder) return undefined;
    const parent = readTraceparent(options.parent);
    return parent && isSampled(parent) ? this.recorder.start(name, options) : undefined;
  }

  async onApplicationShutdown(): Promise<void> {
    await this.recorder?.stop();
  }
}
