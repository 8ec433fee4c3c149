import { fieldError, type FieldError, type FormField, type FormSettings } from '@headwater/contracts';
import { readCountry } from '../read-country';
import { targetAt } from '../lead-targets';
import { honeypotOf, isOurs, targetOf } from './form-fields';
import { readOrigin, readPage } from './page-address';

/** What is wrong with the settings of a form, besides what their types say. */
export function checkForm(settings: FormSettings): FieldError[] {
  return [
    ...checkFields(settings),
    ...addresses(settings),
    ...(settings.country && !readCountry(settings.country) ? [fieldError('country', 'unknown_value', 'country must be a code of ISO 3166-1, such as DE')] : []),
    ...checkOptIn(settings),
  ];
}

function checkFields(settings: FormSettings): FieldError[] {
  const fields = settings.fields ?? [];
  const names = fields.map(({ name }) => name);
  return fields.flatMap((field, i) => {
    const at = `fields.${i}`;
    if (names.indexOf(field.name) < i) return [fieldError(`${at}.name`, 'repeated', `${at}.name is the name of a field before it`)];
    if (isOurs(field.name) || field.name === honeypotOf(settings)) {
      return [fieldError(`${at}.name`, 'reserved', `${at}.name is a name that the form itself needs`)];
    }
    return checkTarget(field, `${at}.to`);
  });
}

function checkTarget({ to }: FormField, at: string): FieldError[] {
  if (!to || targetAt(to)) return [];
  return [fieldError(at, 'unknown_value', `${at} must be a field of a lead, such as email or utm.source, or custom_fields.NAME`)];
}

function addresses({ redirect_url, redirects, origins }: FormSettings): FieldError[] {
  const pages = [...(redirect_url ? [['redirect_url', redirect_url] as const] : []), ...(redirects ?? []).map((url, i) => [`redirects.${i}`, url] as const)];
  return [
    ...pages.filter(([, url]) => !readPage(url)).map(([at]) => fieldError(at, 'wrong_format', `${at} must be an address that begins with https:// or http://`)),
    ...(origins ?? []).flatMap((origin, i) => (readOrigin(origin) === origin ? []
      : [fieldError(`origins.${i}`, 'wrong_format', `origins.${i} must be an origin without anything behind it, such as https://www.acme.example`)])),
  ];
}

function checkOptIn(settings: FormSettings): FieldError[] {
  if (!settings.double_opt_in || !settings.fields) return [];
  if (settings.fields.some((field) => targetOf(field) === 'email')) return [];
  return [fieldError('double_opt_in', 'needs_email', 'double_opt_in needs a field that fills email')];
}
