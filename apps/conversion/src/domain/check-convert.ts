import type { ConvertBody, FieldError } from '@headwater/contracts';
import { isCalendarDate } from './calendar';
import { checkCurrency } from './check-currency';

/**
 * What is wrong with a request to convert, whatever lead it is about; nothing when it can be tried.
 * @param strict whether the tenant wants stage and close date of a deal said
 */
export function checkConvert(body: ConvertBody, strict = false): FieldError[] {
  const errors: FieldError[] = [];
  if (body.create_customer === false) {
    errors.push({ field: 'create_customer', code: 'must_be_true', detail: 'create_customer must be true to convert lead' });
  }
  if (body.create_opportunity) {
    if (!body.opportunity_name?.trim()) errors.push(required('opportunity_name'));
    if (body.opportunity_amount == null) errors.push(required('opportunity_amount'));
    if (strict) errors.push(...(['opportunity_stage', 'opportunity_close_date'] as const).filter((field) => body[field] == null).map(required));
  }
  return [...errors, ...checkDate('opportunity_close_date', body.opportunity_close_date), ...checkDeal(body), ...checkCurrencies(body), ...checkOverrides(body)];
}

function checkDeal({ create_opportunity, existing_opportunity_id, contact_role, opportunity_stage, opportunity_lost_reason }: ConvertBody): FieldError[] {
  if (opportunity_lost_reason != null && !(create_opportunity && opportunity_stage === 'closed_lost')) {
    return [{ field: 'opportunity_lost_reason', code: 'not_lost', detail: 'Only an opportunity that is created as closed_lost has an opportunity_lost_reason' }];
  }
  if (create_opportunity && existing_opportunity_id != null) {
    return [{ field: 'existing_opportunity_id', code: 'excluded', detail: 'existing_opportunity_id and create_opportunity exclude each other' }];
  }
  if (contact_role == null || create_opportunity || existing_opportunity_id != null) return [];
  return [{ field: 'contact_role', code: 'no_opportunity', detail: 'contact_role needs an opportunity: create one, or name an existing one' }];
}

const checkCurrencies = ({ opportunity_currency, field_overrides }: ConvertBody): FieldError[] => [
  ...checkCurrency('opportunity_currency', opportunity_currency), ...checkCurrency('field_overrides.opportunity.currency', field_overrides?.opportunity?.currency),
];

/** Without a name nobody finds an account again. */
const checkOverrides = ({ field_overrides }: ConvertBody): FieldError[] => {
  const name = field_overrides?.account?.name;
  return name === undefined || name?.trim() ? []
    : [{ field: 'field_overrides.account.name', code: 'required', detail: 'field_overrides.account.name must not be empty' }];
};

/** A date that was given must be in the calendar. */
export const checkDate = (field: string, date: string | null | undefined): FieldError[] =>
  date == null || isCalendarDate(date) ? []
    : [{ field, code: 'invalid_date', detail: `${field} must be a date that exists, as YYYY-MM-DD` }];

const required = (field: string): FieldError =>
  ({ field, code: 'required', detail: `${field} is required to create an opportunity` });
