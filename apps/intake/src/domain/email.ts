import disposableDomains from 'disposable-email-domains';
import freeMailDomains from 'email-providers/all.json';
import isEmail from 'validator/lib/isEmail';
import type { LeadFacts } from '@headwater/contracts';

export interface EmailReading {
  valid: boolean;
  /** what two addresses of one mailbox have in common; for matching only, never for sending */
  key: string | null;
  kind: NonNullable<LeadFacts['email_kind']> | null;
  domain: string | null;
}

const DISPOSABLE = new Set(disposableDomains);
const FREE_MAIL = new Set<string>(freeMailDomains);
/** Mailboxes of a function, not of a person (RFC 2142 and usage). */
const ROLES = new Set([
  'abuse', 'accounts', 'admin', 'administrator', 'billing', 'careers', 'contact', 'enquiries', 'finance', 'hello', 'help',
  'hostmaster', 'hr', 'info', 'inquiries', 'it', 'jobs', 'kontakt', 'mail', 'marketing', 'noreply', 'no-reply', 'office',
  'orders', 'post', 'postmaster', 'press', 'privacy', 'root', 'sales', 'security', 'service', 'support', 'team', 'vertrieb',
  'webmaster',
]);
/** Providers that deliver `name+anything@` to `name@`; Google ignores dots as well. */
const PLUS_FOLDING = new Set([
  'gmail.com', 'googlemail.com', 'outlook.com', 'hotmail.com', 'live.com', 'icloud.com', 'me.com', 'fastmail.com',
  'proton.me', 'protonmail.com',
]);
const DOT_FOLDING = new Set(['gmail.com', 'googlemail.com']);

/** Reads an address as given. An invalid one has neither key nor kind. */
export function readEmail(given: string | null | undefined): EmailReading {
  const text = given?.normalize('NFKC').trim().toLowerCase() ?? '';
  if (!isEmail(text, { allow_utf8_local_part: true })) return { valid: false, key: null, kind: null, domain: null };
  const at = text.lastIndexOf('@');
  const local = text.slice(0, at);
  const domain = asciiDomain(text.slice(at + 1));
  return { valid: true, key: `${foldLocal(local, domain)}@${foldDomain(domain)}`, kind: kindOf(local, domain), domain };
}

const asciiDomain = (domain: string): string => new URL(`http://${domain}`).hostname;

const foldDomain = (domain: string): string => (domain === 'googlemail.com' ? 'gmail.com' : domain);

function foldLocal(local: string, domain: string): string {
  const base = PLUS_FOLDING.has(domain) ? local.replace(/(?<=.)\+.*$/, '') : local;
  return DOT_FOLDING.has(domain) ? base.replaceAll('.', '') : base;
}

function kindOf(local: string, domain: string): EmailReading['kind'] {
  if (DISPOSABLE.has(domain)) return 'disposable';
  if (ROLES.has(local)) return 'role';
  return FREE_MAIL.has(domain) ? 'free' : 'business';
}
