import { MOST_TAGS, type Consent, type CreateLead, type FieldError, type FormSettings } from '@headwater/contracts';
import { readLeadFields } from '../lead-fields';
import { ELAPSED, flatten, honeypotOf, isFilled, isOurs, targetOf, targetOfUndeclared } from './form-fields';

export interface FormSent {
  /** as they came, by name */
  fields: Readonly<Record<string, unknown>>;
  /** the page it was sent from, as the browser says in `Referer` */
  page: string | null;
  /** RFC 3339 */
  at: string;
  /** milliseconds since its page was made, where we can tell */
  ageMs: number | null;
  /** name of the form */
  form: string;
}

export interface FormReading {
  lead: CreateLead;
  /** what its sender has to correct, by the form's own names */
  errors: FieldError[];
  /** why no person sent it; null when a person may have */
  spam: string | null;
}

/** What a submission of a form says of a lead. */
export function readForm(settings: FormSettings, sent: FormSent): FormReading {
  const fields = flatten(sent.fields);
  const chosen = settings.fields ? declared(settings, fields) : undeclared(settings, fields);
  const { lead } = readLeadFields(withOrigin(chosen, sent.page));
  const consent = consentOf(settings, fields, sent, lead);
  return {
    lead: { ...withDefaults(lead, settings), ...(consent ? { consent } : {}) },
    errors: errorsIn(settings, fields, lead),
    spam: spamIn(settings, fields, sent.ageMs),
  };
}

type Fields = Readonly<Record<string, unknown>>;

/** Where a visit came from is taken from every form, declared or not. */
const ORIGIN = /^(utm\.|click_ids\.|page_url$|referrer$|visitor_id$)/;

function declared({ fields: list = [] }: FormSettings, fields: Fields): Fields {
  const origin = Object.entries(fields).flatMap(([name, value]) => {
    const target = isOurs(name) ? null : targetOfUndeclared(name);
    return target && ORIGIN.test(target) ? [[target, value] as const] : [];
  });
  return firstFilled([...(list ?? []).map((field) => [targetOf(field), fields[field.name]] as const), ...origin]);
}

function undeclared(settings: FormSettings, fields: Fields): Fields {
  const aside = new Set([honeypotOf(settings), settings.consent?.field]);
  return firstFilled(Object.entries(fields).flatMap(([name, value]) => {
    const target = isOurs(name) || aside.has(name) ? null : targetOfUndeclared(name);
    return target ? [[target, value] as const] : [];
  }));
}

/** Of several fields that go to one place, the first one with a value. */
function firstFilled(entries: (readonly [string, unknown])[]): Fields {
  const filled = entries.filter(([, value]) => isFilled(value));
  return Object.fromEntries(filled.filter(([target], i) => filled.findIndex(([other]) => other === target) === i));
}

const UTM = ['source', 'medium', 'campaign', 'term', 'content'];
const CLICK_IDS = ['gclid', 'fbclid', 'msclkid', 'li_fat_id'];

/** What the form doesn't say of the visit, the address of its page may. */
function withOrigin(chosen: Fields, page: string | null): Fields {
  const address = chosen.page_url ?? page;
  if (typeof address !== 'string' || !URL.canParse(address)) return chosen;
  const query = new URL(address).searchParams;
  const said = [
    ...UTM.map((name) => [`utm.${name}`, query.get(`utm_${name}`)] as const), ...CLICK_IDS.map((name) => [`click_ids.${name}`, query.get(name)] as const),
  ].filter(([, value]) => value);
  return { ...Object.fromEntries(said), page_url: address, ...chosen };
}

function withDefaults(lead: CreateLead, { defaults }: FormSettings): CreateLead {
  if (!defaults) return lead;
  const tags = [...new Set([...(lead.tags ?? []), ...(defaults.tags ?? [])])];
  const custom_fields = { ...defaults.custom_fields, ...lead.custom_fields };
  return {
    ...lead,
    ...(!lead.source && defaults.source ? { source: defaults.source } : {}),
    ...(!lead.campaign && !lead.utm?.campaign && defaults.campaign ? { campaign: defaults.campaign } : {}),
    ...(tags.length ? { tags: tags.slice(0, MOST_TAGS) } : {}),
    ...(Object.keys(custom_fields).length ? { custom_fields } : {}),
  };
}

const LONGEST_ORIGIN = 200;
const NO = /^(0|false|f|no|n|off|nein|non)$/i;

/** With a box, only who ticked it has consented. */
function consentOf({ consent }: FormSettings, fields: Fields, { at, form }: FormSent, { page_url }: CreateLead): Consent | null {
  if (!consent) return null;
  const ticked = consent.field ? fields[consent.field] : true;
  if (!isFilled(ticked) || NO.test(String(ticked).trim())) return null;
  return { text: consent.text, text_version: consent.version, at, origin: (page_url ?? `form ${form}`).slice(0, LONGEST_ORIGIN) };
}

function errorsIn(settings: FormSettings, fields: Fields, lead: CreateLead): FieldError[] {
  const missing = (settings.fields ?? []).filter(({ name, required }) => required && !isFilled(fields[name]))
    .map(({ name, label }) => ({ field: name, code: 'required', detail: `${label ?? name} is required` }));
  if (missing.length) return missing;
  return errorsOfEmail(settings, lead);
}

/** Something with a sign `@` in it: whether it is an address that works is found out later, and never refused. */
const LOOKS_LIKE_EMAIL = /^[^\s@]+@[^\s@]+$/;

function errorsOfEmail(settings: FormSettings, { email, phone, mobile, ...rest }: CreateLead): FieldError[] {
  const declaring = settings.fields?.find((field) => targetOf(field) === 'email');
  const field = declaring?.name ?? 'email';
  const called = declaring?.label ?? field;
  const isNeeded = settings.double_opt_in || declaring?.required || (email && !phone && !mobile);
  if (isNeeded && email && !LOOKS_LIKE_EMAIL.test(email)) return [{ field, code: 'wrong_format', detail: `${called} is not an e-mail address` }];
  if (settings.double_opt_in && !email) return [{ field, code: 'required', detail: `${called} is required` }];
  const isReachable = email || phone || mobile;
  if (isReachable || (settings.fields && Object.keys(rest).some((name) => !ORIGIN_FIELDS.has(name)))) return [];
  return [{ field, code: 'required', detail: `${called} is required: nobody could answer` }];
}

const ORIGIN_FIELDS = new Set(['utm', 'click_ids', 'page_url', 'referrer', 'visitor_id']);

function spamIn(settings: FormSettings, fields: Fields, ageMs: number | null): string | null {
  if (isFilled(fields[honeypotOf(settings)])) return 'the field that nobody sees was filled';
  const leastMs = (settings.minimum_seconds ?? 0) * 1_000;
  const counted = Number(isFilled(fields[ELAPSED]) ? fields[ELAPSED] : NaN);
  const times = [ageMs, Number.isFinite(counted) ? counted : null].filter((ms) => ms !== null);
  return times.some((ms) => ms < leastMs) ? 'it was sent faster than a person writes' : null;
}
