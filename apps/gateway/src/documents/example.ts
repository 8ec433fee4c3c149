import type { DomainError } from '@headwater/contracts';
import { httpProblem } from '@headwater/platform';

/** One exchange that the document shows. The end-to-end tests send it, and compare what comes with what it promises. */
export interface Example {
  summary: string;
  /** in the path, behind the `?` or in a header, by name; an id that is left out is the one of `EXAMPLE_IDS` */
  parameters?: Readonly<Record<string, string | number | boolean>>;
  body?: object | string;
  /** the operation's own when absent */
  status?: number;
  answer: object | string;
}

/** By a name that request and answer have in common. */
export type Examples = Readonly<Record<string, Example>>;

/** Who is spoken of in examples: everywhere the same, so that they tell one story. */
export const EXAMPLE_IDS = {
  Lead: 1234, Customer: 567, Opportunity: 890, Account: 345, Contact: 456, 'API key': 7, 'Dead letter': 12, Merge: 15, Spend: 61, Import: 31, Connector: 21, Form: 22,
  'Duplicate review': 71, 'Scoring model': 41, Rescore: 51, 'Rule set': 81,
  Rep: 32, Team: 4, Territory: 53, Leave: 54, Reassignment: 55,
  Calendar: 56, Proposal: 91,
} as const;
export const EXAMPLE_TENANT = 'acme';
export const EXAMPLE_CAMPAIGN = 'spring-2026';
export const EXAMPLE_FORM_KEY = 'hwf_V7k2mQxT0bC9dZrLw4sYpN1eHjU8aGfE';
export const EXAMPLE_TOKEN = 'acme~Jx2k0V9wq3cR7bT1nYs8Zf4Lh6Dm5PgAeUiXoKzWyQE';
export const EXAMPLE_SUBMISSION = '019b2c4e-7a10-7c3d-9f52-8d1e6b0a4c77';

/** The answer of an example that is refused. */
export function refused({ body: refusal }: DomainError): Pick<Example, 'status' | 'answer'> {
  const { status, body } = httpProblem(refusal);
  return { status, answer: body };
}
