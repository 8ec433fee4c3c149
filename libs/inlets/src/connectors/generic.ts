import { Webhook } from 'standardwebhooks';
import { Document, Integer, Nested, OneOf, Pattern, Text, type FieldError } from '@headwater/contracts';
import { targetAt } from '../lead-targets';
import { isWithin, storable } from '../storable';
import {
  notUnderstood, sorted, type Answer, type Connector, type Delivery, type Ignored, type InboundRequest, type OpenBody, type Reading, type Verification,
} from './connector';
import { isObject, textOf, type Json } from './json';
import { jsonPath, valuesAt } from './json-path';
import { ConnectorOptions } from './options';
import {
  all, expectRecent, expectSignature, expectToken, hmac, refused, TOKEN_SECRET, VERIFIED, WINDOW_S, type HmacAlgorithm, type HmacEncoding,
} from './signatures';

const HEADER = /^[A-Za-z0-9-]{1,100}$/;

export class HmacOptions {
  @Pattern(HEADER, 100, { required: true, example: 'X-Signature' }) header: string;
  @OneOf(['sha1', 'sha256', 'sha512'], { description: 'sha256 when absent' }) algorithm?: HmacAlgorithm | null;
  @OneOf(['hex', 'base64'], { description: 'hex when absent' }) encoding?: HmacEncoding | null;
  @Text(40, { description: 'what stands before the signature in its header', example: 'sha256=' }) prefix?: string | null;
  @Pattern(HEADER, 100, { description: 'header with the time, in seconds or milliseconds since 1970; it is signed before the body, with a full stop between' })
  timestamp_header?: string | null;
  @Text(100, { description: 'what is signed, where that is something else: text with {body} and, where there is a time, {timestamp} in it', example: 'v0:{timestamp}:{body}' })
  signed?: string | null;
  @Integer(1, 86_400, { description: `seconds that the time may lie back; ${WINDOW_S} when absent` }) tolerance?: number | null;
}

export class GenericMapping {
  @Text(300, { description: 'JSONPath to the leads, where there are several; the whole document when absent', example: '$.leads[*]' })
  list?: string | null;
  @Text(300, { description: "JSONPath to the sender's own id of the delivery", example: '$.id' }) id?: string | null;
  @Text(300, { description: 'JSONPath to what is true in a test delivery', example: '$.is_test' }) test?: string | null;
  @Document({
    description: 'for a field of a lead, or `custom_fields.…`, its JSONPath; text that does not begin with $ is taken as it is',
    example: { email: '$.person.email', last_name: '$.person.name', 'custom_fields.product': '$.answers[?@.key == "product"].value', source: 'web' },
  })
  lead?: Record<string, string> | null;
}

export class GenericOptions extends ConnectorOptions {
  @OneOf(['none', 'token', 'hmac', 'standard_webhooks'], {
    description: 'how the sender is known; by the secrets that are set up when absent',
  })
  verification?: 'none' | 'token' | 'hmac' | 'standard_webhooks' | null;
  @Nested(() => HmacOptions) hmac?: HmacOptions | null;
  @Nested(() => GenericMapping, { description: 'without one, members are taken by their names' }) mapping?: GenericMapping | null;
}

/** Any sender of JSON or forms: a vendor that has no file of its own needs only this document. */
export const generic: Connector<GenericOptions> = {
  name: 'generic',
  title: 'Any webhook, by a mapping',
  entry: 'webhook',
  secrets: {
    ...TOKEN_SECRET,
    secret: { required: false, description: 'key of the signature, for `hmac` and `standard_webhooks` (there with whsec_ before it, or without)' },
  },
  options: GenericOptions,
  verify(request, { secrets, options }, now) {
    switch (options.verification ?? (options.hmac ? 'hmac' : 'token')) {
      case 'none': return VERIFIED;
      case 'token': return expectToken(request, secrets.token);
      case 'hmac': return verifyHmac(request, secrets.secret, options.hmac as HmacOptions, now);
      case 'standard_webhooks': return verifyStandard(request, secrets.secret, now);
    }
  },
  check: ({ verification, hmac: scheme, mapping }) => [
    ...(verification === 'hmac' && !scheme ? [wrong('options.hmac', 'required', 'tells which header has the signature')] : []),
    ...(scheme?.signed ? wrongTemplate(scheme, scheme.signed) : []),
    ...Object.entries(mapping ?? {}).flatMap(([name, path]) =>
      (typeof path === 'string' && !jsonPath(path) ? [notAPath(`options.mapping.${name}`)] : [])),
    ...Object.entries(mapping?.lead ?? {}).flatMap(([field, path]) => {
      const at = `options.mapping.lead.${field}`;
      if (!targetAt(field)) return [wrong(at, 'unknown_field', 'is no field of a lead')];
      if (typeof path !== 'string') return [wrong(at, 'wrong_type', 'must be text')];
      return path.startsWith('$') && !jsonPath(path) ? [notAPath(at)] : [];
    }),
  ],
  requires: ({ verification, hmac: scheme }) =>
    (verification === 'token' ? ['token'] : scheme || verification === 'hmac' || verification === 'standard_webhooks' ? ['secret'] : []),
  read({ content_type, body: sent }: OpenBody, { mapping }): Reading {
    const body = FORM.test(content_type) && isObject(sent) ? withDocuments(sent) : sent;
    if (!isObject(body) && !Array.isArray(body)) return notUnderstood('a JSON document or a form');
    const found = mapping?.list ? valuesAt(body, mapping.list).filter(isObject) : Array.isArray(body) ? body.filter(isObject) : [];
    // One of a list is kept by itself, and read again without the list around it.
    const isList = found.length > 0 || Array.isArray(body);
    const read = isList ? found.map((lead) => ({ ...readLead(lead, mapping ?? {}), part: lead })) : [readLead(body as Json, mapping ?? {})];
    if (read.length === 0) return notUnderstood('a document with a lead');
    return sorted(read);
  },
};

const wrong = (field: string, code: string, sentence: string): FieldError => ({ field, code, detail: `${field} ${sentence}` });
const notAPath = (field: string): FieldError =>
  wrong(field, 'wrong_format', 'is not a JSONPath (RFC 9535) of at most 300 characters, with .. at most once, and without match and search');

function verifyHmac({ headers, bytes }: InboundRequest, secret: string, scheme: HmacOptions, now: number): Verification {
  const { header, prefix, timestamp_header } = scheme;
  const given = headers[header.toLowerCase()];
  const bare = prefix && given?.startsWith(prefix) ? given.slice(prefix.length) : given;
  const asWritten = (text: string | undefined): string | undefined => (scheme.encoding === 'base64' ? text : text?.toLowerCase());
  const time = timestamp_header ? headers[timestamp_header.toLowerCase()] : '';
  if (time === undefined) return refused(`The header ${timestamp_header} is missing`);
  const signed = scheme.signed || (timestamp_header ? `${TIMESTAMP}.${BODY}` : BODY);
  const [before, after] = signed.replaceAll(TIMESTAMP, () => time).split(BODY);
  return all(
    () => expectSignature(header, asWritten(bare), [hmac(scheme.algorithm ?? 'sha256', secret, scheme.encoding ?? 'hex', before, bytes, after)]),
    () => (timestamp_header ? expectRecent(secondsOf(Number(time)), now, scheme.tolerance ?? WINDOW_S) : VERIFIED),
  );
}

const TIMESTAMP = '{timestamp}';
const BODY = '{body}';

/** Seconds, which milliseconds of our days are a thousand times as many as. */
const secondsOf = (time: number): number => (time > 1e11 ? time / 1_000 : time);

function wrongTemplate({ timestamp_header }: HmacOptions, signed: string): FieldError[] {
  const at = 'options.hmac.signed';
  if (signed.split(BODY).length !== 2) return [wrong(at, 'wrong_format', `must have ${BODY} in it, once`)];
  if (Boolean(timestamp_header) === signed.includes(TIMESTAMP)) return [];
  return [wrong(at, 'wrong_format', timestamp_header ? `must have ${TIMESTAMP} in it, as there is a timestamp_header` : `has ${TIMESTAMP}, and there is no timestamp_header`)];
}

function verifyStandard({ headers, bytes }: InboundRequest, secret: string, now: number): Verification {
  const { 'webhook-id': id, 'webhook-timestamp': time, 'webhook-signature': given } = headers;
  if (!id || !time || !given) return refused('One of the headers webhook-id, webhook-timestamp and webhook-signature is missing');
  if (!/^\d{1,12}$/.test(time)) return refused('webhook-timestamp is not in seconds since 1970');
  let right: string;
  try {
    right = new Webhook(secret).sign(id, new Date(Number(time) * 1_000), bytes.toString());
  } catch {
    return refused('The secret of this connector is not base64, as Standard Webhooks want it');
  }
  const verdicts = given.split(' ').map((signature) => expectSignature('webhook-signature', signature, [right]));
  return all(() => verdicts.find(({ ok }) => ok) ?? verdicts[0], () => expectRecent(Number(time), now));
}

function readLead(lead: Json, mapping: GenericMapping): Delivery | Ignored {
  const at = (path: string | null | undefined): unknown => (path ? valuesAt(lead, path)[0] : undefined);
  const id = textOf(at(mapping.id)) ?? null;
  if ([true, 'true', 1].includes(at(mapping.test) as boolean)) return { id, code: 'test_delivery', because: 'The sender says that this is a test' };
  return { id, answers: mapping.lead ? mapped(lead, mapping.lead) : flat(lead) };
}

const mapped = (lead: Json, fields: Record<string, string>): Answer[] => Object.entries(fields).map(([field, path]): Answer => {
  const found = path.startsWith('$') ? valuesAt(lead, path) : [path];
  return { name: field, field, value: found.length > 1 ? found : found[0] };
});

const FORM = /^(application\/x-www-form-urlencoded|multipart\/form-data)$/;

/** What the log takes; a form with more in it is read as the texts that it came in. */
const MOST = { nodes: 10_000, depth: 20 };

/** Some post a form with JSON in one of its fields. What its escapes stand for was no character of the form yet, so it is made storable anew. */
function withDocuments(form: Json): Json {
  const whole = Object.fromEntries(Object.entries(form).map(([name, value]) => [name, documentIn(value) ?? value]));
  return isWithin(whole, MOST) ? storable(whole) as Json : form;
}

function documentIn(value: unknown): unknown {
  if (typeof value !== 'string' || !/^\s*[{[]/.test(value)) return undefined;
  try {
    return JSON.parse(value);
  } catch {
    return undefined; // it only looks like JSON
  }
}

const DEEPEST = 4;
const COMPANY = /^(company|organi[sz]ation|org|account|employer|firma|business)$/i;

/** Members by their own names, those of documents within as well: `{"person": {"email": …}}` has an email, and `{"company": {"name": …}}` its name. */
const flat = (document: Json, within = '', depth = 1): Answer[] => Object.entries(document).flatMap(([name, value]): Answer[] => {
  if (isObject(value) && depth < DEEPEST) return flat(value, name, depth + 1);
  return [{ name, value, ...(name === 'name' && COMPANY.test(within) ? { field: 'company_name' } : {}) }];
});
