import { urlEncoded } from '../characters';
import { ignored, notUnderstood, type Answer, type Connector, type OpenBody, type Reading } from './connector';
import { isObject } from './json';
import type { Mail, MailAddress } from './mail';
import { ConnectorOptions } from './options';
import { readSignature } from './read-signature';
import { all, expectRecent, expectSignature, expectToken, hmac, TOKEN_SECRET } from './signatures';

/** Mailboxes that nobody reads, and those that mail servers speak from. */
const NO_REPLY = /^(no[-_.]?reply|do[-_.]?not[-_.]?reply|noresponse|nicht[-_.]?antworten)([-_.+].*)?@/i;
const MAIL_SERVER = /^(mailer-daemon|postmaster|mail-daemon|bounces?)([-_.+=].*)?@/i;

/** E-mail to a mailbox of ours, as inbound-parse services post it (Postmark, SendGrid, Mailgun), or as it is (RFC 5322). */
export const inboundEmail: Connector = {
  name: 'email',
  title: 'Inbound e-mail',
  entry: 'email',
  signal: 'inbound_email',
  fillsOnly: true,
  secrets: {
    ...TOKEN_SECRET,
    mailgun_key: { required: false, description: "Mailgun's HTTP webhook signing key: its signature in the form is checked against it" },
  },
  options: ConnectorOptions,
  opensMail: true,
  verify(request, { secrets }, now) {
    if (!secrets.mailgun_key) return expectToken(request, secrets.token);
    const { timestamp, token, signature } = fieldsOf(request.bytes, request.headers['content-type']);
    return all(
      () => expectSignature('signature', signature, [hmac('sha256', secrets.mailgun_key, 'hex', timestamp ?? '', token ?? '')]),
      () => expectRecent(Number(timestamp), now),
    );
  },
  read({ body }: OpenBody): Reading {
    if (!isMail(body)) return notUnderstood('an e-mail');
    const id = body.message_id;
    const reason = reasonToIgnore(body);
    if (reason) return ignored(id, reason.code, reason.because);
    const sender = senderOf(body);
    if (!sender) return ignored(id, 'no_sender', 'The e-mail has no sender who could be answered');
    return { deliveries: [{ id, answers: answersOf(body, sender) }], ignored: [] };
  },
};

const isMail = (body: unknown): body is Mail => isObject(body) && isObject(body.headers) && Array.isArray(body.attachments);

/** The short fields of a form, urlencoded or in parts, without a parser for what stands in the long ones. */
function fieldsOf(bytes: Buffer, contentType = ''): Record<string, string | undefined> {
  if (!contentType.includes('multipart/')) return Object.fromEntries(urlEncoded(bytes) ?? []);
  // Before anybody knows who sent it: each repetition has an end, so that no body takes longer than its length.
  const fields = bytes.toString('latin1').matchAll(/name="(timestamp|token|signature)"[^\r\n]{0,200}\r?\n(?:[^\r\n]{1,200}\r?\n){0,5}\r?\n([^\r\n]{0,200})/g);
  return Object.fromEntries([...fields].map(([, name, value]) => [name, value]));
}

type Reason = { code: string; because: string };

/** Machines that answer, bounces, and mail to many: RFC 3834, RFC 3464 and RFC 2919 say how to know them. */
function reasonToIgnore({ headers, from, return_path }: Mail): Reason | null {
  const automatic = headers['auto-submitted']?.trim().toLowerCase();
  const precedence = headers.precedence?.trim().toLowerCase();
  const isReport = /^multipart\/report\b/i.test(headers['content-type']?.trim() ?? '');
  if (isReport || 'x-failed-recipients' in headers || return_path === '' || MAIL_SERVER.test(from?.address ?? '')) {
    return { code: 'bounce', because: 'A mail server reports about an e-mail of ours' };
  }
  const answersItself = ['x-autoreply', 'x-autorespond', 'x-auto-reply', 'x-autoresponse'].some((name) => name in headers);
  if ((automatic && automatic !== 'no') || answersItself || precedence === 'auto_reply') {
    return { code: 'auto_reply', because: 'A machine answers, such as a notice of absence' };
  }
  if ('list-id' in headers || 'list-unsubscribe' in headers || ['bulk', 'list', 'junk'].includes(precedence ?? '')) {
    return { code: 'mailing_list', because: 'It was sent to many, such as a mailing list or newsletter' };
  }
  return null;
}

/** Behind a mailbox that nobody reads stands whoever is to be answered: a form on a website writes like that. */
function senderOf({ from, reply_to }: Mail): MailAddress | null {
  if (from && !NO_REPLY.test(from.address)) return from;
  return reply_to && !NO_REPLY.test(reply_to.address) ? reply_to : null;
}

function answersOf(mail: Mail, sender: MailAddress): Answer[] {
  // Who cuts off what is answered to sends an empty answer with a mail that answers nothing.
  const text = withoutQuotes(mail.reply?.trim() || mail.text || '');
  const name = sender.name.replace(/^["']|["']$/g, '').trim();
  const attached = mail.attachments.map(({ name: file, type, bytes }) => `${file} (${type}, ${bytes} bytes)`).join(', ');
  return [
    { name: 'email', field: 'email', value: sender.address },
    { name: 'name', field: 'full_name', value: name.includes('@') ? undefined : name },
    { name: 'subject', field: 'description', value: mail.subject },
    { name: 'text', field: 'notes', value: [mail.subject, text, attached && `Attached: ${attached}`].filter(Boolean).join('\n\n') },
    ...readSignature(text),
  ];
}

/** The line above what an answer quotes, in the languages of the usual mail programs. */
const QUOTE_BEGINS = new RegExp(`^(${[
  "-{2,} ?(original message|ursprüngliche nachricht|message d'origine|mensaje original) ?-{2,}", 'on .{5,200} wrote:', 'am .{5,200} schrieb.{0,200}:',
  'le .{5,200} a écrit ?:', 'el .{5,200} escribió:', '_{20,}',
].join('|')})$`, 'i');

/** What was written now, without the e-mail that it answers to. */
function withoutQuotes(text: string): string {
  const lines = text.replaceAll('\r\n', '\n').split('\n');
  const end = lines.findIndex((line) => QUOTE_BEGINS.test(line.trim()));
  const own = (end > 0 ? lines.slice(0, end) : lines).filter((line) => !/^\s*>/.test(line));
  return own.join('\n').replace(/\n{3,}/g, '\n\n').trim();
}
