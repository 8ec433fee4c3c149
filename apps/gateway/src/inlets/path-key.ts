import { Param } from '@nestjs/common';
import { documentMethod } from '../documents/document-method';
import { documentId } from '../documents/unknown-id';

/** The key in the path of what is open to anybody, as the OpenAPI document has it. */
export const PathKey = (what: string, name: string, example: string): ParameterDecorator => documentMethod(
  documentId(what, { name, description: `the ${what.toLowerCase()}'s`, schema: { type: 'string' }, example }), Param(name));
