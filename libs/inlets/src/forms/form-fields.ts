import type { FormField, FormSettings } from '@headwater/contracts';
import { targetOfName } from '../field-names';

/** Fields that the snippet adds: the signed time at which the page was made, and the milliseconds that a script has counted. */
export const MADE_AT = 'hw_made_at';
export const ELAPSED = 'hw_elapsed';
/** The field that nobody sees, unless the form has one of its own. */
const HONEYPOT = 'hw_leave_empty';

/** What forms, captchas and Web-to-Lead send besides what a person wrote. */
const TECHNICAL = /^(hw_\w+|oid|orgid|returl|encoding|debug|debugemail|captcha_settings|_charset_|submit|(g-recaptcha|h-captcha|cf-turnstile)-response)$/i;

/** Whether a name is for the way, not for the lead. */
export const isOurs = (name: string): boolean => TECHNICAL.test(name);

export const honeypotOf = ({ honeypot }: FormSettings): string => honeypot ?? HONEYPOT;

/** The place on a lead that a declared field fills: the one that is said, else what its name says, else the custom field of its name. */
export const targetOf = ({ name, to }: FormField): string => to ?? targetInForm(name) ?? `custom_fields.${name}`;

/** In Web-to-Lead a campaign goes by its id; elsewhere, in a file say, that may stand beside its name. */
const targetInForm = (name: string): string | null => (/^campaign_id$/i.test(name) ? 'campaign' : targetOfName(name));

/** Custom fields of Salesforce are known by their ids. */
const SALESFORCE_ID = /^00N[0-9A-Za-z]{12}(?:[0-9A-Za-z]{3})?$/;
/** A sender whom nobody knows can't say who somebody is elsewhere, nor that somebody consented. */
const NOT_FOR_ANYBODY = /^(external_id|consent\.)/;

/** The same for a form that declares no fields; null for a name that tells nothing, which stays in the submission alone. */
export function targetOfUndeclared(name: string): string | null {
  if (SALESFORCE_ID.test(name)) return `custom_fields.${name}`;
  const target = targetInForm(name);
  return target && !NOT_FOR_ANYBODY.test(target) ? target : null;
}

/** Fields by their paths: members of `custom_fields`, `utm` and `click_ids` under their own names, as JSON has them. */
export function flatten(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).flatMap(([name, value]) => {
    const isNested = ['custom_fields', 'utm', 'click_ids'].includes(name) && typeof value === 'object' && value !== null && !Array.isArray(value);
    return isNested ? Object.entries(value).map(([inner, of]) => [`${name}.${inner}`, of] as const) : [[name, value] as const];
  }));
}

/** Whether a field says anything. */
export const isFilled = (value: unknown): boolean =>
  value !== null && value !== undefined && (Array.isArray(value) ? value.some(isFilled) : String(value).trim() !== '');
