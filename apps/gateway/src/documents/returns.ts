import { applyDecorators, HttpCode } from '@nestjs/common';
import { ApiOperation, ApiResponse } from '@nestjs/swagger';
import type { MessageClass } from '@headwater/contracts';
import { schemaOf } from './schemas';

interface Answer {
  /** what the operation does, as its title in the document */
  summary: string;
  /** class of `data`; null for a document whose form its own service knows */
  data: MessageClass | null;
  /** `data` is a list of them */
  list?: boolean;
  status?: 200 | 201;
  description?: string;
}

/** Describes an operation and its answer, `{message, data, warnings?, meta?}`, and sets its status. */
export function Returns({ summary, data, list = false, status = 200, description }: Answer): MethodDecorator {
  return applyDecorators(
    HttpCode(status),
    ApiOperation({ summary, ...(description ? { description } : {}) }),
    ApiResponse({ status, description: summary, schema: envelope(data, list) }),
  );
}

/** One more status that the operation may answer with the same kind of data. */
export const AlsoReturns = (status: number, description: string, data: MessageClass | null): MethodDecorator =>
  ApiResponse({ status, description, schema: envelope(data, false) });

function envelope(data: MessageClass | null, list: boolean): object {
  const item = data ? schemaOf(data, { closed: false }) : { type: 'object' };
  return {
    type: 'object',
    required: ['message', 'data'],
    properties: {
      message: { type: 'string' },
      data: list ? { type: 'array', items: item } : item,
      warnings: {
        type: 'array',
        items: { type: 'object', required: ['code', 'detail'], properties: { code: { type: 'string' }, detail: { type: 'string' } } },
      },
      meta: {
        type: 'object',
        properties: {
          next_cursor: { type: ['string', 'null'], description: 'send it as `cursor` for the next page; null on the last' },
          missing: { type: 'array', items: { type: 'string' }, description: 'services whose part did not come in time and is null' },
        },
      },
    },
  };
}
