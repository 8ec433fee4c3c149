import { DomainError } from '@headwater/contracts';
import { EXAMPLE_IDS, EXAMPLE_SUBMISSION, refused, type Examples } from '../documents/example';
import { CREATED_BECAUSE } from '../leads/example-lead';

export const replaySubmission = {
  corrected: {
    summary: 'The connector looks in the right place by now', answer: {
      message: 'Submission read again',
      data: { submission_id: EXAMPLE_SUBMISSION, state: 'done', verdict: 'created', because: CREATED_BECAUSE, lead_id: EXAMPLE_IDS.Lead },
    },
  },
  taken_in_before: {
    summary: 'It made a lead before', ...refused(DomainError.conflict('already_taken_in', 'The submission was taken in: it is created')),
  },
} satisfies Examples;
