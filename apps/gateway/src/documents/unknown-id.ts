import { applyDecorators } from '@nestjs/common';
import { ApiExtension, ApiParam, type ApiParamOptions } from '@nestjs/swagger';
import { DomainError } from '@headwater/contracts';
import { refused } from './example';

/** Where the 404 of an id waits for the document: before its parameter's name. */
export const UNKNOWN_ID = 'x-unknown-';

interface PathParameter { name: string; description: string; schema: Extract<ApiParamOptions, { schema?: unknown }>['schema']; example: unknown }

/** Describes an id in the path, and the 404 of one that names nothing. @param what the record, as its 404 calls it */
export const documentId = (what: string, { example, ...parameter }: PathParameter): MethodDecorator => applyDecorators(
  ApiParam({ ...parameter, examples: { usual: { value: example } } }),
  ApiExtension(`${UNKNOWN_ID}${parameter.name}`, {
    summary: `There is none with this ${parameter.name}`, ...refused(DomainError.notFound(what)),
  }),
);
