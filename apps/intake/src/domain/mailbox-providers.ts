import disposableDomains from 'disposable-email-domains';
import wildcardDomains from 'disposable-email-domains/wildcard.json';
import { disposableEmailBlocklistSet } from 'disposable-email-domains-js';
import commonFreeMail from 'email-providers/common.json';
import freeMailDomains from 'email-providers/all.json';

/** How a provider delivers other spellings of an address to the same mailbox; for matching only, never for sending. */
interface Folding {
  /** the domain that stands for all of them: the same names belong to the same people there */
  domain?: string;
  /** `name+anything` is `name` */
  plus?: true;
  /** characters within a name that count for nothing */
  ignored?: RegExp;
  /** `name-anything` is `name` */
  dash?: true;
}

const GOOGLE: Folding = { domain: 'gmail.com', plus: true, ignored: /\./g };
const APPLE: Folding = { domain: 'icloud.com', plus: true };
const PROTON: Folding = { domain: 'proton.me', plus: true, ignored: /[._-]/g };
const YANDEX: Folding = { domain: 'yandex.ru', plus: true };
const PLUS: Folding = { plus: true };
const DASH: Folding = { dash: true };

/** As each provider documents it, November 2026. */
const FOLDINGS: Readonly<Record<string, Folding>> = {
  'gmail.com': GOOGLE, 'googlemail.com': GOOGLE,
  'icloud.com': APPLE, 'me.com': APPLE, 'mac.com': APPLE,
  'proton.me': PROTON, 'protonmail.com': PROTON, 'protonmail.ch': PROTON, 'pm.me': PROTON,
  'ya.ru': YANDEX, 'yandex.ru': YANDEX, 'yandex.com': YANDEX, 'yandex.by': YANDEX, 'yandex.kz': YANDEX, 'yandex.ua': YANDEX,
  'fastmail.com': PLUS, 'fastmail.fm': PLUS, 'mailbox.org': PLUS, 'posteo.de': PLUS, 'posteo.net': PLUS, 'zoho.com': PLUS, 'hey.com': PLUS,
  'runbox.com': PLUS, 'mail.ru': PLUS, 'msn.com': PLUS, 'passport.com': PLUS,
  'ymail.com': DASH, 'rocketmail.com': DASH,
};

const COUNTRY = '(?:com?\\.)?[a-z]{2}|com';
/** Providers that have a domain in every country, where they fold alike and addresses are others'. */
const MICROSOFT = new RegExp(`^(?:outlook|hotmail|live)\\.(?:${COUNTRY})$`);
const YAHOO = new RegExp(`^yahoo\\.(?:${COUNTRY})$`);

function foldingOf(domain: string): Folding {
  if (Object.hasOwn(FOLDINGS, domain)) return FOLDINGS[domain];
  if (MICROSOFT.test(domain)) return PLUS;
  return YAHOO.test(domain) ? DASH : {};
}

/** What two addresses of one mailbox have in common. @param local in lower case, without quotes @param domain in ASCII */
export function foldMailbox(local: string, domain: string): string {
  const { domain: standsFor = domain, plus, dash, ignored } = foldingOf(domain);
  let name = local;
  if (plus) name = name.replace(/(?<=.)\+.*$/s, '');
  if (dash) name = name.replace(/(?<=.)-.*$/s, '');
  if (ignored) name = name.replace(ignored, '') || name;
  return `${name}@${standsFor}`;
}

const CURATED_DISPOSABLE = disposableEmailBlocklistSet();
const COMMON_FREE_MAIL = new Set<string>(commonFreeMail);
/** The larger list holds a few that very many people really use. */
const DISPOSABLE = new Set(disposableDomains.filter((domain) => !COMMON_FREE_MAIL.has(domain)));
/** Every name below these is disposable, too. */
const DISPOSABLE_BELOW = new Set<string>(wildcardDomains);
const FREE_MAIL = new Set<string>(freeMailDomains);
const FREE_EVERYWHERE = new RegExp(
  `^(?:aol|gmail|gmx|googlemail|hotmail|icloud|live|mail|msn|outlook|protonmail|rediffmail|yahoo|yandex|ymail|zoho)\\.(?:${COUNTRY}|net|org)$`);

/** Whether its mailboxes are made to be thrown away; those of a subdomain are what the domain's are. */
export const isDisposable = (domain: string): boolean => CURATED_DISPOSABLE.has(domain) || DISPOSABLE.has(domain)
  || domainsAbove(domain).some((above) => CURATED_DISPOSABLE.has(above) || DISPOSABLE_BELOW.has(above));

/** Whether everybody may have a mailbox there: it tells nothing of a company. */
export const isFreeMail = (domain: string): boolean => FREE_MAIL.has(domain) || FREE_EVERYWHERE.test(domain);

const domainsAbove = (domain: string): string[] => {
  const labels = domain.split('.');
  return labels.slice(1, -1).map((_, i) => labels.slice(i + 1).join('.'));
};
