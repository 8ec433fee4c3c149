import type { Account, FieldError, PatchAccountRequest } from '@headwater/contracts';
import { normaliseCompanyName } from '../match-keys';
import { changesOf, customFieldErrors, mergeCustomFields, requiredErrors, tagsOf, tidied, type Columns } from './changes';

const DOMAIN = /^(?=.{1,253}$)([\p{L}\p{N}]([\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.)+[\p{L}][\p{L}\p{N}-]{0,61}[\p{L}\p{N}]$/u;

/**
 * What a patch changes of an account, or of an empty one that is made of it.
 * @returns columns, with the name as it is matched by; or what is wrong
 */
export function changeAccount(before: Partial<Account>, patch: PatchAccountRequest): { columns: Columns; errors: FieldError[] } {
  const custom_fields = mergeCustomFields(before.custom_fields, patch.custom_fields);
  const wanted = {
    ...tidied(patch), tags: tagsOf(patch.tags), custom_fields, domain: domainOf(patch.domain), country: patch.country && patch.country.toUpperCase(),
  };
  const errors = [
    ...requiredErrors(wanted, ['name']), ...customFieldErrors(custom_fields),
    ...(wanted.domain && !DOMAIN.test(wanted.domain) ? [{ field: 'domain', code: 'wrong_format', detail: 'domain must be a domain like techcorp.com' }] : []),
  ];
  const columns = changesOf(before, wanted);
  const named = typeof columns.name === 'string' && before.kind !== 'person';
  return { columns: named ? { ...columns, name_normalised: normaliseCompanyName(columns.name as string) } : columns, errors };
}

/** As it is typed or pasted: `https://www.TechCorp.com/` is techcorp.com. */
const domainOf = (domain: string | null | undefined): string | null | undefined =>
  (domain == null ? domain : domain.normalize('NFKC').trim().toLowerCase().replace(/^https?:\/\//, '').replace(/^www\./, '').replace(/[/?#].*$/, '').replace(/\.$/, '') || null);
