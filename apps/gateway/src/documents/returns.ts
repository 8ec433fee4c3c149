import { applyDecorators, HttpCode } from '@nestjs/common';
import { ApiExtension, ApiOperation, ApiResponse } from '@nestjs/swagger';
import type { MessageClass } from '@headwater/contracts';
import type { Examples } from './example';
import { schemaOf } from './schemas';
import { headersOf, type HeaderName } from './shared-responses';

interface Answer {
  /** what the operation does, as its title in the document */
  summary: string;
  /** class of `data`; of several, any */
  data: MessageClass | (MessageClass | OnRequest)[];
  /** `data` is a list of them */
  list?: boolean;
  status?: 200 | 201;
  description?: string;
  /** headers besides those of every answer */
  headers?: HeaderName[];
  examples: Examples;
}

/** Where the examples of an operation wait until the document gives each to its request and its answer. */
export const EXAMPLES = 'x-examples';

/** Describes an operation and its answer, `{message, data, warnings?, meta?}`, and sets its status. */
export function Returns({ summary, data, list = false, status = 200, description, headers = [], examples }: Answer): MethodDecorator {
  return applyDecorators(
    HttpCode(status),
    ApiOperation({ summary, ...(description ? { description } : {}) }),
    ApiResponse({ status, description: summary, schema: envelope(data, list), headers: headersOf(...headers) as never }),
    ApiExtension(EXAMPLES, { status, examples }),
  );
}

/** Describes an operation that answers with a file. */
export function ReturnsFile({ summary, description, type, examples }: { summary: string; description: string; type: string; examples: Examples }): MethodDecorator {
  return applyDecorators(
    HttpCode(200),
    ApiOperation({ summary, description }),
    ApiResponse({ status: 200, description: summary, content: { [type]: { schema: { type: 'string' } } }, headers: headersOf() as never }),
    ApiExtension(EXAMPLES, { status: 200, examples }),
  );
}

/** One more status that the operation may answer. */
export const AlsoReturns = (status: number, description: string, data: MessageClass | (MessageClass | OnRequest)[], ...headers: HeaderName[]): MethodDecorator =>
  ApiResponse({ status, description, schema: envelope(data, false), headers: headersOf(...headers) as never });

/** What is answered to nobody but who asks for it by a parameter. */
interface OnRequest { parameter: string; data: MessageClass }

export const onRequest = (parameter: string, data: MessageClass): OnRequest => ({ parameter, data });

function schemaIn(one: MessageClass | OnRequest): object {
  if (typeof one === 'function') return schemaOf(one, { closed: false });
  return { 'x-on-request': one.parameter, ...schemaOf(one.data, { closed: false }) };
}

function envelope(data: MessageClass | (MessageClass | OnRequest)[], list: boolean): object {
  const [first, ...others] = [data].flat().map(schemaIn);
  const item = others.length > 0 ? { anyOf: [first, ...others] } : first;
  return {
    type: 'object',
    required: ['message', 'data'],
    properties: {
      message: { type: 'string' },
      data: list ? { type: 'array', items: item } : item,
      warnings: { type: 'array', items: { $ref: '#/components/schemas/Warning' } },
      meta: { $ref: '#/components/schemas/Meta' },
    },
  };
}

/** What may stand beside the data of any answer. */
export const ENVELOPE_SCHEMAS = {
  Warning: {
    type: 'object',
    description: 'A remark that did not stop the request. Further members depend on the code.',
    required: ['code', 'detail'],
    properties: { code: { type: 'string', description: 'lower_snake_case, for programs' }, detail: { type: 'string' } },
    additionalProperties: true,
  },
  Meta: {
    type: 'object',
    properties: {
      next_cursor: { type: ['string', 'null'], description: 'send it as `cursor` for the next page; null on the last' },
      missing: { type: 'array', items: { type: 'string' }, description: 'services whose part did not come in time and is null' },
    },
  },
} as const;
