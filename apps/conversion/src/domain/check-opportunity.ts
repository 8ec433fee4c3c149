import type { CreateOpportunityBody, FieldError } from '@headwater/contracts';
import { checkDate } from './check-convert';
import { checkCurrency } from './check-currency';

/** What is wrong with a new opportunity, whatever customer it is for. */
export const checkOpportunity = ({ name, currency, expected_close_date, stage, lost_reason }: CreateOpportunityBody): FieldError[] => [
  ...(name.trim() ? [] : [{ field: 'name', code: 'required', detail: 'name is required' }]),
  ...checkCurrency('currency', currency), ...checkDate('expected_close_date', expected_close_date),
  ...(stage === 'closed_lost' && !lost_reason ? [{ field: 'lost_reason', code: 'required', detail: 'lost_reason is required of a deal that is lost' }] : []),
  ...(stage !== 'closed_lost' && lost_reason ? [{ field: 'lost_reason', code: 'not_lost', detail: 'Only a deal that is lost has a lost_reason' }] : []),
];
