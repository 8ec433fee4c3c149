import type { Customer, FieldError, PatchAccountRequest, PatchContactRequest, PatchCustomerRequest } from '@headwater/contracts';
import { changesOf, customFieldErrors, mergeCustomFields, requiredErrors, tagsOf, type Columns } from './changes';

/** A patch of a customer, by whose it is: a customer shows what its contact and its account keep. */
export interface CustomerChange {
  contact: PatchContactRequest;
  account: PatchAccountRequest;
  columns: Columns;
  errors: FieldError[];
}

/** @param hasCompany whether the account is a company's; a person's has no company name */
export function changeCustomer(before: Partial<Customer>, patch: PatchCustomerRequest, hasCompany: boolean): CustomerChange {
  const { first_name, last_name, email, phone, company_name, type, status, owner_id } = patch;
  const custom_fields = mergeCustomFields(before.custom_fields, patch.custom_fields);
  const own = { type, status, owner_id, tags: tagsOf(patch.tags), custom_fields };
  const noCompany = company_name !== undefined && !hasCompany;
  return {
    contact: given({ first_name, last_name, email, phone }),
    account: given({ name: company_name }),
    columns: changesOf(before, own),
    errors: [
      ...requiredErrors({ ...own, company_name: company_name?.trim() === '' ? null : company_name }, ['type', 'status', 'company_name']), ...customFieldErrors(custom_fields),
      ...(noCompany ? [{ field: 'company_name', code: 'no_company', detail: "The account is a person's and has no company name" }] : []),
    ],
  };
}

const given = <Patch extends object>(patch: Patch): Patch =>
  Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined)) as Patch;
