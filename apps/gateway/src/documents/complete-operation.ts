import type { OpenAPIObject } from '@nestjs/swagger';
import type { Example, Examples } from './example';
import { EXAMPLES } from './returns';
import { headersOf, problemContent, sharedStatuses, UNKNOWN_PARAMETER } from './shared-responses';
import { UNKNOWN_ID } from './unknown-id';

export type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>;
interface Content { schema?: object; examples?: Record<string, object> }
interface Response { content?: Record<string, Content> }
interface Parameter { name: string; examples?: Record<string, object> }

const SENTENCES: Readonly<Record<number, string>> = {
  404: 'There is no such record in this tenant.',
  409: 'The state of the record forbids it, or a request with this `Idempotency-Key` is being worked on.',
  410: 'It was there, and is not any more.',
  412: 'The record was changed meanwhile.',
  422: 'Something in the request is not valid: `errors` names each field.',
};

const IDEMPOTENCY_KEY = {
  name: 'Idempotency-Key', in: 'header' as const, required: false, schema: { type: 'string', minLength: 1, maxLength: 200, pattern: '^[\\x21-\\x7e]+$' },
  description: 'Names this attempt: a repetition with the same body gets the first answer, for 48 hours',
};

/** Adds what holds for every operation of its kind, and gives its examples to request and answers. */
export function completeOperation(operation: Operation, method: string): void {
  const { status, examples } = take<{ status: number; examples: Examples }>(operation, EXAMPLES);
  const unknown = Object.keys(operation).filter((key) => key.startsWith(UNKNOWN_ID)).sort()
    .map((key) => [key.slice(2).replaceAll('-', '_'), take<Example>(operation, key)] as const);
  operation.parameters = [...(operation.parameters ?? []), ...(method === 'post' ? [IDEMPOTENCY_KEY] : [])];
  const isOpen = !operation.security;
  Object.assign(operation.responses, sharedStatuses({ hasBody: operation.requestBody !== undefined, isOpen }));
  const shown = [...(isOpen ? [] : [['unknown_parameter', UNKNOWN_PARAMETER] as const]), ...unknown];
  for (const [name, example] of shown) showAnswer(operation, name, example, status);
  if (method === 'post') documentStatus(operation, 409);
  if ((operation.parameters as Parameter[]).some(({ name }) => name === 'If-Match')) documentStatus(operation, 412);
  for (const [name, example] of Object.entries(examples)) {
    showRequest(operation, name, example);
    showAnswer(operation, name, example, status);
  }
}

function take<Value>(operation: Operation, extension: string): Value {
  const extensions = operation as unknown as Record<string, unknown>;
  const value = extensions[extension];
  delete extensions[extension];
  return value as Value;
}

function showRequest(operation: Operation, name: string, { summary, parameters = {}, body }: Example): void {
  const declared = operation.parameters as Parameter[];
  const unknown = Object.keys(parameters).find((parameter) => !declared.some((one) => one.name === parameter));
  if (unknown) throw new Error(`${operation.operationId} has no parameter ${unknown}, as its example ${name} wants it`);
  operation.parameters = declared.map((parameter) =>
    (parameter.name in parameters
      ? { ...parameter, examples: { ...parameter.examples, [name]: { summary, value: parameters[parameter.name] } } }
      : parameter)) as never;
  if (body === undefined) return;
  const { content } = operation.requestBody as { content: Record<string, Content> };
  const json = Object.values(content)[0];
  json.examples = { ...json.examples, [name]: { summary, value: body } };
}

function showAnswer(operation: Operation, name: string, { summary, status, answer }: Example, usual: number): void {
  const { content } = documentStatus(operation, status ?? usual);
  const type = Object.values(content ?? {})[0];
  type.examples = { ...type.examples, [name]: { summary, value: answer } };
}

/** The response of a status; a refusal is described as all are. */
function documentStatus(operation: Operation, status: number): Response {
  operation.responses[status] ??= {
    description: SENTENCES[status], headers: headersOf(...(status === 409 ? ['Retry-After' as const] : [])), content: problemContent({}),
  } as never;
  return operation.responses[status] as Response;
}
