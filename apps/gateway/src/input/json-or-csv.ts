import { applyDecorators } from '@nestjs/common';
import { ApiBody } from '@nestjs/swagger';
import type { MessageClass } from '@headwater/contracts';
import { Takes } from '../access/requires';
import { schemaOf } from '../documents/schemas';
import { CsvText } from './csv-text';
import { inspectJson } from './inspect-json';
import { bodyParameter, validatorOf } from './json-body';

/**
 * A body of this class as JSON, or a table that says the same, in UTF-8.
 * @param bytes the most of a table, if more than of any other body; @param read makes what the handler gets of the table; @throws DomainError for what is none
 */
export function JsonOrCsv<Read extends object>(type: MessageClass, read: (csv: string) => Read, csvExample: string, bytes?: number): ParameterDecorator {
  const validate = validatorOf(type);
  const content = { 'application/json': { schema: schemaOf(type) }, 'text/csv': { schema: { type: 'string' }, example: csvExample } };
  const describe = applyDecorators(ApiBody({ required: true, content } as never), Takes({ takesCsv: true, listBytes: bytes })) as MethodDecorator;
  return bodyParameter(describe, (body) => {
    if (body instanceof CsvText) return read(body.text);
    if (bytes) inspectJson(body);
    return validate(body);
  });
}
