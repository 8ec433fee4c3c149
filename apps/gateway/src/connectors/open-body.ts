import { charsetIn, isWithin, nestedFields, storable, textIn, urlEncoded, type OpenBody } from '@headwater/inlets';
import { DEEPEST, MOST_NODES } from '../input/inspect-json';
import { fieldsOfParts, partsOf } from '../inlets/multipart';

const JSON_TYPE = /^(application|text)\/([\w.+-]*\+)?json$/;

/** The media type alone, in small letters; `text/plain` where none is said. */
export const mediaType = (contentType: string | undefined): string => contentType?.split(';')[0].trim().toLowerCase() || 'text/plain';

/** JSON as a document, a form as an object, all else, and what isn't what it says, as text; each as it can be stored. */
export async function openBody(bytes: Buffer, contentType: string | undefined): Promise<OpenBody> {
  const content_type = mediaType(contentType);
  const charset = charsetIn(contentType);
  const text = textIn(bytes, charset);
  if (content_type === 'application/x-www-form-urlencoded') return { content_type, body: form(urlEncoded(bytes, charset), text) };
  if (content_type === 'multipart/form-data') {
    const parts = await partsOf(bytes, contentType as string);
    return { content_type, body: form(parts && fieldsOfParts(parts), text) };
  }
  const document = jsonIn(text, content_type);
  return document === undefined ? { content_type, body: storable(text) } : { content_type: 'application/json', body: kept(document, text) };
}

/** The document that a text is, by its type or by its looks; undefined for none. */
export function jsonIn(text: string, type: string): unknown {
  if (!JSON_TYPE.test(type) && !/^\s*[{[]/.test(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // it is kept as the text that it is, and the connector says that it is nothing it knows
  }
}

/** One of too many fields is kept as its text: who signed it rightly would send it again and again. */
const form = (fields: Parameters<typeof nestedFields>[0] | null, text: string): unknown => (fields ? kept(nestedFields(fields), text) : storable(text));

/** A document that is deeper, or has more in it, than the log takes is kept as its text. */
const kept = (document: unknown, text: string): unknown => storable(isWithin(document, { nodes: MOST_NODES, depth: DEEPEST }) ? document : text);
