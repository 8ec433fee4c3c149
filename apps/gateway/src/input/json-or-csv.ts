import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiBody } from '@nestjs/swagger';
import type { MessageClass } from '@headwater/contracts';
import { TAKES_CSV } from '../access/requires';
import { schemaOf } from '../documents/schemas';
import { CsvText } from './csv-text';
import { bodyParameter, validatorOf } from './json-body';

/**
 * A body of this class as JSON, or a table that says the same, in UTF-8.
 * @param read makes what the handler gets of the table; @throws DomainError for what is none
 */
export function JsonOrCsv<Read extends object>(type: MessageClass, read: (csv: string) => Read, csvExample: string): ParameterDecorator {
  const validate = validatorOf(type);
  const content = { 'application/json': { schema: schemaOf(type) }, 'text/csv': { schema: { type: 'string' }, example: csvExample } };
  const describe = applyDecorators(ApiBody({ required: true, content } as never), SetMetadata(TAKES_CSV, true)) as MethodDecorator;
  return bodyParameter(describe, (body) => (body instanceof CsvText ? read(body.text) : validate(body)));
}
