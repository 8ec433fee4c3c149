import { EXAMPLE_IDS, EXAMPLE_SUBMISSION, type Examples } from '../documents/example';
import { CREATED_BECAUSE } from '../leads/example-lead';

export const getSubmission = {
  done: {
    summary: 'A lead was made of it',
    answer: {
      message: 'Submission found',
      data: { submission_id: EXAMPLE_SUBMISSION, state: 'done', verdict: 'created', because: CREATED_BECAUSE, lead_id: EXAMPLE_IDS.Lead },
    },
  },
} satisfies Examples;
