import isEmail from 'validator/lib/isEmail';
import type { EmailKind } from '@headwater/contracts';
import { remembering } from '@headwater/matching';
import { foldMailbox, isDisposable, isFreeMail } from './mailbox-providers';

export interface EmailReading {
  /** as it can be written to where it is valid, else as it was given; null without any */
  readonly text: string | null;
  readonly valid: boolean;
  /** what two addresses of one mailbox have in common; for matching only, never for sending */
  readonly key: string | null;
  readonly kind: EmailKind | null;
  /** in ASCII */
  readonly domain: string | null;
}

/** Mailboxes of a function, not of a person (RFC 2142 and usage). */
const ROLES = new Set([
  'abuse', 'accounting', 'accounts', 'admin', 'administrator', 'billing', 'buchhaltung', 'careers', 'contact', 'contacto', 'enquiries', 'finance',
  'hello', 'help', 'helpdesk', 'hostmaster', 'hr', 'info', 'inquiries', 'it', 'jobs', 'kontakt', 'mail', 'marketing', 'noreply', 'no-reply', 'office',
  'orders', 'post', 'postmaster', 'press', 'privacy', 'reception', 'root', 'sales', 'security', 'service', 'support', 'team', 'ventas', 'vertrieb',
  'webmaster',
]);

/**
 * Reads an address as given. Valid is what can be written to on the public network: RFC 5321 with EAI and IDN, a host with a dot. A
 * comment at the edges, a display name, `mailto:`, and what nobody sees are left out. An invalid one has neither key nor kind.
 */
export function readEmail(given: string | null | undefined): EmailReading {
  const text = given?.trim();
  return text ? readText(text) : NONE;
}

const NONE: EmailReading = { text: null, valid: false, key: null, kind: null, domain: null };

/** Those of a batch: the address of a lead that comes in is read once more when it is compared. */
const MOST_REMEMBERED = 1_000;

const readText = remembering((text): EmailReading => {
  const address = bareAddress(text);
  const domain = address && asciiDomain(address.slice(address.lastIndexOf('@') + 1));
  if (!address || !domain || !isEmail(address, { allow_utf8_local_part: true })) return { text, valid: false, key: null, kind: null, domain: null };
  const local = unquoted(address.slice(0, address.lastIndexOf('@'))).toLowerCase();
  if (local === '') return { text, valid: false, key: null, kind: null, domain: null };
  return { text: address, valid: true, key: foldMailbox(local, domain), kind: kindOf(local, domain), domain };
}, MOST_REMEMBERED);

/** Soft hyphens, zero-width characters and marks of direction, as they come with what is copied from pages. */
const INVISIBLE = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]/g;
const DISPLAY_NAME = /^[^<>@]*<([^<>]+)>$/;

function bareAddress(text: string): string | null {
  const plain = text.normalize('NFKC').replace(INVISIBLE, '').replaceAll('。', '.').trim().replace(/^mailto:/i, '');
  if (/\p{Cc}/u.test(plain)) return null;
  return withoutComments(DISPLAY_NAME.exec(plain)?.[1].trim() ?? plain);
}

/** RFC 5322's comments, before and after either part. One within a part is no address any more. */
function withoutComments(address: string): string {
  const at = address.lastIndexOf('@');
  if (at < 0 || !address.includes('(') || address.startsWith('"')) return address;
  return `${withoutOuterComments(address.slice(0, at))}@${withoutOuterComments(address.slice(at + 1))}`;
}

const COMMENT = '\\((?:[^()\\\\]|\\([^()\\\\]*\\))*\\)';
const OUTER_COMMENTS = new RegExp(`^(?:${COMMENT})+|(?:${COMMENT})+$`, 'g');
const withoutOuterComments = (part: string): string => part.replace(OUTER_COMMENTS, '');

/** `"a.b"@` is the mailbox `a.b@`. */
const unquoted = (local: string): string => (local.startsWith('"') ? local.slice(1, -1).replace(/\\(.)/g, '$1') : local);

const HOST = /^[\p{L}\p{M}\p{N}.-]+$/u;

/** Both ways of writing an international name as one. @returns null for what can't be a host */
function asciiDomain(domain: string): string | null {
  const address = `http://${domain}`;
  return HOST.test(domain) && URL.canParse(address) ? new URL(address).hostname : null;
}

function kindOf(local: string, domain: string): EmailReading['kind'] {
  if (isDisposable(domain)) return 'disposable';
  if (ROLES.has(local.replace(/\+.*$/s, ''))) return 'role';
  return isFreeMail(domain) ? 'free' : 'business';
}
