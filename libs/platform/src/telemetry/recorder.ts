/** No personal data, no query strings, no parameters of statements. */
export type Attributes = Record<string, string | number | undefined>;

export interface SpanOptions {
  kind: 'server' | 'client' | 'producer' | 'consumer';
  /** W3C trace context of what caused it */
  parent?: string;
  /** asked only when the span is recorded */
  attributes: () => Attributes;
}

export interface Span {
  /** W3C trace context of what it causes */
  readonly traceparent: string;
  set(attributes: Attributes): void;
  /** @param error when it failed: its kind is recorded, never its words */
  end(error?: unknown): void;
}

/** What records spans and sends them away. */
export interface Recorder {
  start(name: string, options: SpanOptions): Span;
  /** sends what is left, as far as it can be done in time */
  stop(): Promise<void>;
}
