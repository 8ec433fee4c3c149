import { BUYING_ROLES, type Contact, type FieldError, type PatchContactRequest } from '@headwater/contracts';
import { normaliseEmail, phoneDigits } from '../match-keys';
import { changesOf, customFieldErrors, mergeCustomFields, requiredErrors, tagsOf, tidied, type Columns } from './changes';

const EMAIL = /^[^\s@]+@[^\s@]+$/;

/**
 * What a patch changes of a contact, or of an empty one that is made of it; whether it is the primary one aside. E-mail and
 * phones come with what they are matched by.
 */
export function changeContact(
  before: Partial<Contact>, { is_primary: _primary, ...patch }: PatchContactRequest,
): { columns: Columns; errors: FieldError[] } {
  const custom_fields = mergeCustomFields(before.custom_fields, patch.custom_fields);
  const given = tidied(patch);
  const wanted: Columns = { ...given, ...nameOf(before, given), tags: tagsOf(patch.tags), custom_fields, roles: patch.roles && [...new Set(patch.roles)] };
  const columns = changesOf(before, wanted);
  const errors = [
    ...requiredErrors(wanted, ['email_opt_out', 'do_not_call']), ...customFieldErrors(custom_fields), ...contactErrors({ ...before, ...columns }, wanted),
  ];
  return { columns: { ...columns, ...keysOf(columns) }, errors };
}

/** The full name follows its parts, unless somebody says another one. */
function nameOf(before: Partial<Contact>, given: Columns): Columns {
  if (given.full_name != null || !('first_name' in given || 'last_name' in given || 'full_name' in given)) return {};
  const { first_name, last_name } = { ...before, ...given } as Partial<Contact>;
  return { full_name: [first_name, last_name].filter(Boolean).join(' ').slice(0, 200) || null };
}

function contactErrors({ full_name, email, phone, mobile }: Partial<Contact>, wanted: Columns): FieldError[] {
  const roles = (wanted.roles ?? []) as string[];
  const unknown = roles.find((role) => !(BUYING_ROLES as readonly string[]).includes(role));
  return [
    ...(full_name || email || phone || mobile ? [] : [{ field: 'last_name', code: 'required', detail: 'A contact needs a name, an e-mail or a phone' }]),
    ...(typeof wanted.email === 'string' && !EMAIL.test(wanted.email) ? [{ field: 'email', code: 'wrong_format', detail: 'email must be an e-mail address' }] : []),
    ...(unknown === undefined ? [] : [{ field: 'roles', code: 'not_allowed', detail: `roles must be of ${BUYING_ROLES.join(', ')}` }]),
  ];
}

function keysOf({ email, phone, mobile }: Columns): Columns {
  return {
    ...(email === undefined ? {} : { email_normalised: normaliseEmail(email as string | null) }),
    ...(phone === undefined ? {} : { phone_digits: phoneDigits(phone as string | null) }),
    ...(mobile === undefined ? {} : { mobile_digits: phoneDigits(mobile as string | null) }),
  };
}
