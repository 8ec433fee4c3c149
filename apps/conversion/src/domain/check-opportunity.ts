import type { CreateOpportunityBody, FieldError } from '@headwater/contracts';
import { checkDate } from './check-convert';

/** What is wrong with a new opportunity, whatever customer it is for. */
export const checkOpportunity = ({ name, expected_close_date }: CreateOpportunityBody): FieldError[] => [
  ...(name.trim() ? [] : [{ field: 'name', code: 'required', detail: 'name is required' }]),
  ...checkDate('expected_close_date', expected_close_date),
];
