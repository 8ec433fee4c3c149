import type { Scope } from './scope';

/** What a question between services says of whom it is asked for: commands and many queries carry a context, the others a tenant. */
export function scopeOfQuestion(question: unknown): Scope {
  const { context, tenant } = (question ?? {}) as {
    context?: { correlation_id?: string; traceparent?: string; tenant?: { id?: string } }; tenant?: unknown;
  };
  return {
    correlation_id: context?.correlation_id,
    traceparent: context?.traceparent,
    tenant: context?.tenant?.id ?? (typeof tenant === 'string' ? tenant : undefined),
    material: question,
  };
}

/** A question about many: each item is somebody else's, and says so itself. */
export const isBatch = (question: unknown): boolean => Array.isArray((question as { items?: unknown } | null)?.items);

/** What follows from the question follows from the span. */
export function inTrace<Question>(question: Question, traceparent: string): Question {
  const { context } = question as { context?: object };
  return context ? { ...question, context: { ...context, traceparent } } : question;
}

export const leadIn = (question: unknown): number | undefined => {
  const { lead_id } = (question ?? {}) as { lead_id?: unknown };
  return typeof lead_id === 'number' ? lead_id : undefined;
};

export const CORRELATION_HEADER = 'Headwater-Correlation-Id';
export const TRACE_HEADER = 'traceparent';

/** `intake.get_leads`, as OpenTelemetry names the parts of a call. */
export function rpcAttributes(subject: string, question: unknown): Record<string, string | number | undefined> {
  const [service, method] = subject.split('.');
  return {
    'rpc.system': 'nats', 'rpc.service': service, 'rpc.method': method,
    'headwater.tenant': scopeOfQuestion(question).tenant, 'headwater.lead_id': leadIn(question),
  };
}
