import { DomainError } from '@headwater/contracts';
import { EXAMPLE_SUBMISSION, refused, type Examples } from '../documents/example';

const received = { message: 'Thank you', data: { submission_id: EXAMPLE_SUBMISSION } };
const SARAH = { first_name: 'Sarah', last_name: 'Johnson', email: 'sarah.johnson@techcorp.com', company: 'TechCorp Inc', utm_source: 'newsletter' };

export const submitForm = {
  somebody: { summary: 'Somebody asks for contact', body: SARAH, answer: received },
  accepted_for_later: {
    summary: 'The same while it can only be kept', body: SARAH, status: 202, answer: received,
  },
  honeypot: {
    summary: 'What fills the field that nobody sees is kept, and makes no lead; its sender is not told',
    body: { ...SARAH, hw_leave_empty: 'x' }, answer: received,
  },
  nobody: {
    summary: 'Nobody could answer', body: { first_name: 'Sarah' },
    ...refused(DomainError.invalidField('email', 'required', 'email is required: nobody could answer')),
  },
  revoked: {
    summary: 'A form that was revoked', body: SARAH, ...refused(DomainError.gone('This form takes nothing in any more')),
  },
} satisfies Examples;

export const confirmForm = {
  followed: { summary: 'The link in the mail', answer: { message: 'Confirmed', data: { submission_id: EXAMPLE_SUBMISSION } } },
  rejected: { summary: 'Somebody has put the submission away', ...refused(DomainError.gone('The link is not good any more')) },
} satisfies Examples;
