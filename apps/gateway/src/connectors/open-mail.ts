import PostalMime, { addressParser, type Address, type Email } from 'postal-mime';
import { charsetIn, storable, textIn, urlEncoded, type Mail, type MailAddress, type MailAttachment, type OpenBody } from '@headwater/inlets';
import { partsOf, type Part } from '../inlets/multipart';
import { MOST_BYTES, tooLarge } from './bound-deliveries';
import { textOfHtml } from './html-text';
import { jsonIn, mediaType, openBody } from './open-body';
import { lengthOf, shortened } from './shorten-mail';

type Fields = Record<string, unknown>;

/**
 * What is kept of an e-mail, in characters. All together it has to go through NATS, which takes 1 MB, in whatever characters, escaped as JSON
 * has it, beside the lead that is made of it. A lead's note is shorter still than the text.
 */
const LONGEST_TEXT = 30_000;
/** In its entities, and between marks and blanks. */
const ENOUGH_OF_HTML = 8 * LONGEST_TEXT;
const LONGEST_LINE = 1_000;
const LONGEST_NAME = 200;
const LONGEST_ADDRESS = 320;
const MOST_HEADERS = 100;
const LONGEST_HEADERS = 30_000;
const MOST_ATTACHMENTS = 50;
const MOST_RECIPIENTS = 50;
/** What is looked at of a list of addresses. */
const LONGEST_LIST = 20_000;

/**
 * An e-mail in any of the forms in which it is posted: Postmark's JSON, the forms of SendGrid and Mailgun, the bytes of RFC 5322,
 * alone or in a field. What is none of these is opened as any body is. Attachments are named, and dropped.
 * @throws DomainError `too_large` for what is no e-mail, and longer than any other body may be: it would be kept whole
 */
export async function openMail(bytes: Buffer, contentType: string | undefined): Promise<OpenBody> {
  const content_type = mediaType(contentType);
  const mail = await mailIn(bytes, content_type, contentType);
  if (mail) return { content_type, body: storable(bounded(mail)) };
  if (bytes.length > MOST_BYTES) throw tooLarge();
  return openBody(bytes, contentType);
}

async function mailIn(bytes: Buffer, type: string, contentType: string | undefined): Promise<Mail | null> {
  if (type === 'multipart/form-data') return fromForm(await partsOf(bytes, contentType as string));
  if (type === 'application/x-www-form-urlencoded') {
    return fromForm(urlEncoded(bytes, charsetIn(contentType))?.map(([name, value]) => ({ name, bytes: Buffer.from(value) })) ?? null);
  }
  if (type === 'message/rfc822' || (NAMELESS.test(type) && LOOKS_LIKE_MAIL.test(bytes.subarray(0, 2_000).toString('latin1')))) return fromBytes(bytes);
  const document = jsonIn(textIn(bytes, charsetIn(contentType)), type);
  return typeof document === 'object' && document !== null && !Array.isArray(document) ? fromDocument(document as Fields) : null;
}

function bounded({ message_id, from, reply_to, to, subject, text, reply, headers, return_path, attachments }: Mail): Mail {
  const cut = (value: string | null, longest: number): string | null => value?.slice(0, longest) ?? null;
  const address = (one: MailAddress | null): MailAddress | null =>
    one && { name: one.name.slice(0, LONGEST_NAME), address: one.address.slice(0, LONGEST_ADDRESS) };
  return {
    message_id: cut(message_id, LONGEST_LINE), from: address(from), reply_to: address(reply_to), subject: cut(subject, LONGEST_LINE),
    to: to.slice(0, MOST_RECIPIENTS).map((one) => one.slice(0, LONGEST_ADDRESS)),
    text: cut(text, LONGEST_TEXT), reply: cut(reply, LONGEST_TEXT), headers, return_path: cut(return_path, LONGEST_ADDRESS),
    attachments: attachments.slice(0, MOST_ATTACHMENTS).map(({ name, type, bytes }) => ({ name: name.slice(0, LONGEST_NAME), type: type.slice(0, LONGEST_NAME), bytes })),
  };
}

/** What bytes are sent as whose sender doesn't say more of them. */
const NAMELESS = /^(text\/.*|application\/octet-stream)$/;
/** Header lines up to a `From:`, from the first byte on. */
const LOOKS_LIKE_MAIL = /^(?:[!-9;-~]+:[^\n]*\n(?:[ \t][^\n]*\n)*){0,60}from:/i;

/** E-mails in an e-mail are read with it, and so again; deeper ones are its attachments. */
const LIMITS = { maxNestingDepth: 20, maxRfc822NestingDepth: 2 };

/** Null for one that is nested deeper than is read: all that the parser refuses. */
function fromBytes(bytes: Buffer): Promise<Mail | null> {
  return PostalMime.parse(shortened(bytes), { attachmentEncoding: 'arraybuffer', ...LIMITS }).then(fromEmail, () => null);
}

function fromEmail(email: Email): Mail {
  const headers = headersOf(email.headers.map(({ key, value }) => [key, value]));
  return {
    message_id: email.messageId ?? null, from: addressOf(email.from), reply_to: addressOf(email.replyTo?.[0]),
    to: (email.to ?? []).flatMap(({ address }) => address ?? []), subject: email.subject ?? null,
    text: textOf(email.text, email.html), reply: null, headers, return_path: returnPath(headers['return-path']),
    attachments: email.attachments.map(({ filename, mimeType, content }) =>
      ({ name: filename ?? 'unnamed', type: mimeType, bytes: lengthOf(content) })),
  };
}

/** The fields of SendGrid's or Mailgun's form; either may bring the whole e-mail in one of them. */
async function fromForm(parts: Part[] | null): Promise<Mail | null> {
  if (!parts) return null;
  const part = (name: string): Part | undefined => parts.find((one) => one.name === name && !one.file);
  const whole = part('email') ?? part('body-mime');
  const files = parts.flatMap(({ file }) => file ?? []);
  const envelope = jsonOf(part('envelope')?.bytes.toString());
  if (whole && whole.bytes.includes(':')) {
    const mail = await fromBytes(whole.bytes);
    return mail && { ...mail, return_path: envelopeSender(envelope) ?? mail.return_path };
  }
  const charsets = (jsonOf(part('charsets')?.bytes.toString()) ?? {}) as Record<string, string>;
  const text = (...names: string[]): string | null => {
    const found = names.map(part).find(Boolean);
    return found ? textIn(found.bytes, charsets[found.name]) : null;
  };
  const from = text('from', 'From') ?? text('sender');
  if (!from) return null;
  const headers = headersOf(headerPairs(text('headers'), text('message-headers')));
  const sender = text('sender');
  return {
    message_id: headers['message-id'] ?? text('Message-Id'), from: parsedAddress(from), reply_to: parsedAddress(headers['reply-to'] ?? text('Reply-To')),
    to: addresses(text('to', 'To', 'recipient')), subject: text('subject', 'Subject'), text: textOf(text('text', 'body-plain'), text('html', 'body-html')),
    reply: text('stripped-text'), headers, return_path: envelopeSender(envelope) ?? (sender === null ? returnPath(headers['return-path']) : sender),
    attachments: files,
  };
}

/** Postmark's document, and others that name the same things in small letters. */
function fromDocument(given: Fields): Mail | null {
  const document = Object.fromEntries(Object.entries(given).map(([name, value]) => [name.toLowerCase().replace(/[^a-z]/g, ''), value]));
  const text = (...names: string[]): string | null => (names.map((name) => document[name]).find((value) => typeof value === 'string') as string | undefined) ?? null;
  const full = document.fromfull as Fields | undefined;
  const from = full ? addressOf({ name: stringOf(full.Name), address: stringOf(full.Email) }) : fromAny(document.from ?? document.sender);
  if (!from) return null;
  const headers = headersOf(pairsOf(document.headers));
  const id = headers['message-id'] ?? text('messageid');
  return {
    message_id: id && !/^[0-]*$/.test(id) ? id : null, from, reply_to: fromAny(document.replyto), to: addresses(text('to', 'originalrecipient', 'recipient')),
    subject: text('subject'), text: textOf(text('textbody', 'text', 'bodyplain', 'plain'), text('htmlbody', 'html', 'bodyhtml')),
    reply: text('strippedtextreply', 'strippedtext'), headers, return_path: returnPath(headers['return-path']),
    attachments: attachmentsIn(document.attachments),
  };
}

const stringOf = (value: unknown): string => (typeof value === 'string' ? value : '');

const fromAny = (value: unknown): MailAddress | null => {
  if (typeof value === 'string') return parsedAddress(value);
  const { name, address, email } = (typeof value === 'object' && value !== null ? value : {}) as Fields;
  return addressOf({ name: stringOf(name), address: stringOf(address) || stringOf(email) });
};

const attachmentsIn = (list: unknown): MailAttachment[] => (Array.isArray(list) ? list as Fields[] : []).map((one) => ({
  name: stringOf(one?.Name ?? one?.name ?? one?.filename) || 'unnamed', type: stringOf(one?.ContentType ?? one?.contentType ?? one?.type),
  bytes: Number(one?.ContentLength ?? one?.size ?? one?.bytes ?? 0) || 0,
}));

const parsed = (list: string | null | undefined) => addressParser((list ?? '').slice(0, LONGEST_LIST), { flatten: true });
const parsedAddress = (text: string | null | undefined): MailAddress | null => addressOf(parsed(text)[0]);
const addresses = (text: string | null): string[] => parsed(text).flatMap(({ address }) => address ?? []);

function addressOf(given: Address | { name: string; address: string } | undefined): MailAddress | null {
  return given?.address ? { name: given.name ?? '', address: given.address } : null;
}

/** Headers as text, as SendGrid writes them, or as pairs in JSON, as Mailgun does. */
function headerPairs(lines: string | null, json: string | null): (readonly [string, string])[] {
  if (json !== null) return pairsOf(jsonOf(json));
  const unfolded = (lines ?? '').replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n/);
  return unfolded.flatMap((line) => {
    const colon = line.indexOf(':');
    return colon > 0 ? [[line.slice(0, colon), line.slice(colon + 1).trim()] as const] : [];
  });
}

/** Pairs, or objects with name and value, or one object. */
function pairsOf(list: unknown): (readonly [string, string])[] {
  if (typeof list === 'string') return headerPairs(list, null);
  if (typeof list !== 'object' || list === null) return [];
  if (!Array.isArray(list)) return Object.entries(list).map(([name, value]) => [name, stringOf(value)] as const);
  return (list as unknown[]).map((one) => {
    const [name, value] = Array.isArray(one) ? one as unknown[] : [(one as Fields)?.Name ?? (one as Fields)?.name, (one as Fields)?.Value ?? (one as Fields)?.value];
    return [stringOf(name), stringOf(value)] as const;
  });
}

/** By name in small letters, the first of each: what relays add stands above what the sender wrote. */
function headersOf(pairs: (readonly [string, string])[]): Record<string, string> {
  const headers = new Map<string, string>();
  let left = LONGEST_HEADERS;
  for (const [name, given] of pairs) {
    const key = name.slice(0, LONGEST_NAME).trim().toLowerCase();
    const value = given.slice(0, LONGEST_LINE);
    if (!key || headers.has(key)) continue;
    left -= key.length + value.length;
    if (headers.size === MOST_HEADERS || left < 0) break;
    headers.set(key, value);
  }
  return Object.fromEntries(headers);
}

const envelopeSender = (envelope: unknown): string | null => {
  const { from } = (typeof envelope === 'object' && envelope !== null ? envelope : {}) as Fields;
  return typeof from === 'string' ? from : null;
};

const returnPath = (header: string | undefined): string | null => header?.replace(/[<>\s]/g, '') ?? null;

function jsonOf(text: string | undefined | null): unknown {
  try {
    return text ? JSON.parse(text) : null;
  } catch {
    return null; // a field that isn't what its sender documents tells nothing
  }
}

/** The text; where there is only HTML, what is left of it without its marks. */
function textOf(text: string | null | undefined, html: string | null | undefined): string | null {
  if (text?.trim()) return text;
  return textOfHtml(html ?? '', ENOUGH_OF_HTML) || null;
}
