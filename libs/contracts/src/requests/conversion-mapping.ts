import type { Context } from '../context';
import { NestedList, Text, Texts } from '../field';
import { defineRequest } from '../request';

const MOST_FIELDS = 500;
const MOST_SOURCES = 8;
const PATH = 120;

/** One field of a record, and where its value comes from. */
export class MappedField {
  @Text(PATH, { required: true, description: 'account, contact, customer or opportunity, and a field of it', example: 'account.name' }) to: string;
  @Texts(MOST_SOURCES, PATH, { required: true, description: 'fields of the lead; the first that has a value gives it', example: ['company_name'] }) from: string[];
}

/** What becomes of a lead's fields. Custom fields are named `custom_fields.<key>`, or all of them `custom_fields`. */
export class ConversionMapping {
  @NestedList(() => MappedField, MOST_FIELDS, { required: true }) fields: MappedField[];
}

/** A mapping as one of its versions; 0, by nobody, is the one that every tenant begins with. */
export interface ConversionMappingView {
  version: number;
  mapping: ConversionMapping;
  /** the former version that this one repeats */
  restored_from: number | null;
  created_by: string | null;
  created_at: string | null;
}

/** The one that counts, or a former version. */
export const GetConversionMapping =
  defineRequest<{ context: Context; version?: number }, ConversionMappingView>('conversion', 'get_conversion_mapping');
/** Writes the next version, which counts from the next conversion on. Refused with every problem in it (`invalid`). */
export const PutConversionMapping =
  defineRequest<{ context: Context; mapping: unknown }, ConversionMappingView>('conversion', 'put_conversion_mapping');
/** Writes a former version once more, as the next one. */
export const RestoreConversionMapping =
  defineRequest<{ context: Context; version: number }, ConversionMappingView>('conversion', 'restore_conversion_mapping');
