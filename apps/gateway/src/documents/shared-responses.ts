import { DomainError, type ErrorKind } from '@headwater/contracts';
import { httpProblem } from '@headwater/platform';
import { tooMany } from '../inlets/too-many';
import { Problem } from './problem';
import { refused } from './example';
import { schemaOf } from './schemas';

const PROBLEM = 'application/problem+json';

interface Named { summary: string; value: object }

/** The content of a refusal, with its examples. */
export const problemContent = (examples: Record<string, Named>): object =>
  ({ [PROBLEM]: { schema: schemaOf(Problem, { closed: false }), examples } });

const refusal = (kind: ErrorKind, code: string, detail: string): DomainError => new DomainError({ kind, code, detail });

/** What the routes say that take forms. */
export const FORM_TYPES = 'Send application/json; a form may come as application/x-www-form-urlencoded or multipart/form-data, the events of a page as text/plain, too';

/** What any operation of its kind may refuse, by the name of the component. */
const SHARED = {
  Malformed: {
    description: 'The body could not be read.', summary: 'JSON that ends too early', error: refusal('malformed', 'malformed', 'The body is not JSON'),
  },
  Unauthenticated: {
    description: 'No caller, or not a known one.', summary: 'A key that was revoked, or never was',
    error: refusal('unauthenticated', 'unauthenticated', 'The API key is not known, or was revoked'),
  },
  Forbidden: {
    description: 'The caller lacks the scope.', summary: 'A key of another role', error: refusal('forbidden', 'forbidden', 'This needs the scope leads:qualify'),
  },
  TooLarge: {
    description: 'The body is larger than the operation takes: 256 kB, or what it says.', summary: 'Too long a text', error: refusal('too_large', 'too_large', 'The body is larger than 256 kB'),
  },
  UnsupportedMediaType: {
    description: 'The body is not JSON in UTF-8, or is compressed.', summary: 'XML',
    error: refusal('unsupported_media_type', 'unsupported_media_type', 'Send the body as application/json in UTF-8'),
  },
  ForeignPage: {
    description: 'It may not be sent from that page.', summary: 'A page of somebody else', onlyOpen: true,
    error: refusal('forbidden', 'origin_not_allowed', 'This form may not be sent from that page'),
  },
  UnsupportedForm: {
    description: 'The body is no form.', summary: 'XML', onlyOpen: true,
    error: refusal('unsupported_media_type', 'unsupported_media_type', FORM_TYPES),
  },
  TooMany: { description: 'Too many at a time.', summary: 'A sender who does not stop', onlyOpen: true, error: tooMany(1_000) },
  Unavailable: {
    description: 'A service that this needs does not answer. Nothing is promised; with the same `Idempotency-Key` it is safe to try again.',
    summary: 'PostgreSQL is being restarted', error: DomainError.unavailable('The database is not reachable at the moment'),
  },
} as const;

type SharedName = keyof typeof SHARED;

const header = (name: string): { $ref: string } => ({ $ref: `#/components/headers/${name}` });

/** Headers by the names that they have in an answer. */
export const HEADERS = {
  Location: { description: 'Address of what was made, or of what tells about it.', schema: { type: 'string' } },
  ETag: { description: 'Tag of this state of the record, for `If-Match`.', required: true, schema: { type: 'string' }, example: '"i1.s1.r1.q1"' },
  'Preference-Applied': { description: 'What of `Prefer` was done.', schema: { type: 'string' }, example: 'respond-async' },
  'Retry-After': { description: 'Seconds after which it is worth trying again.', schema: { type: 'integer', minimum: 1 } },
  'X-Correlation-Id': {
    description: 'Names this request in our logs and events: the one that was sent, or a new one.',
    required: true, schema: { type: 'string', maxLength: 100 },
  },
} as const;
export type HeaderName = keyof typeof HEADERS;

/** Headers of an answer; every one bears the correlation id. */
export const headersOf = (...names: HeaderName[]): object =>
  Object.fromEntries([...names, 'X-Correlation-Id' as const].map((name) => [name, header(name)]));

export const sharedResponses = (): Record<SharedName, object> => Object.fromEntries(
  Object.entries(SHARED).map(([name, { description, summary, error }]) => {
    const { headers, body } = httpProblem(error.body);
    return [name, {
      description,
      headers: headersOf(...('retry-after' in headers ? ['Retry-After' as const] : [])),
      content: problemContent({ [error.body.code]: { summary, value: body } }),
    }];
  }),
) as Record<SharedName, object>;

/** The statuses that are the same everywhere, with the response that describes them. */
export const sharedStatuses = ({ hasBody, isOpen }: { hasBody: boolean; isOpen: boolean }): Record<string, { $ref: string }> => Object.fromEntries(
  (Object.keys(SHARED) as SharedName[])
    .filter((name) => hasBody || !['Malformed', 'TooLarge', 'UnsupportedMediaType', 'UnsupportedForm', 'ForeignPage'].includes(name))
    .filter((name) => (isOpen ? !['Unauthenticated', 'Forbidden', 'UnsupportedMediaType'].includes(name) : !('onlyOpen' in SHARED[name])))
    .map((name) => [httpProblem(SHARED[name].error.body).status, { $ref: `#/components/responses/${name}` }]));

/** Every operation refuses parameters that it doesn't have. */
export const UNKNOWN_PARAMETER = {
  summary: 'A parameter that nobody reads', ...refused(DomainError.invalidField('colour', 'unknown_field', 'colour is not a field of this request')),
};
