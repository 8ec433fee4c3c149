import type { ConvertBody, FieldError } from '@headwater/contracts';
import { isCalendarDate } from './calendar';

/** What is wrong with a request to convert, whatever lead it is about; nothing when it can be tried. */
export function checkConvert(body: ConvertBody): FieldError[] {
  const errors: FieldError[] = [];
  if (body.create_customer === false) {
    errors.push({ field: 'create_customer', code: 'must_be_true', detail: 'create_customer must be true to convert lead' });
  }
  if (body.create_opportunity) {
    if (!body.opportunity_name?.trim()) errors.push(required('opportunity_name'));
    if (body.opportunity_amount == null) errors.push(required('opportunity_amount'));
  }
  return [...errors, ...checkDate('opportunity_close_date', body.opportunity_close_date)];
}

/** A date that was given must be in the calendar. */
export const checkDate = (field: string, date: string | null | undefined): FieldError[] =>
  date == null || isCalendarDate(date) ? []
    : [{ field, code: 'invalid_date', detail: `${field} must be a date that exists, as YYYY-MM-DD` }];

const required = (field: string): FieldError =>
  ({ field, code: 'required', detail: `${field} is required to create an opportunity` });
