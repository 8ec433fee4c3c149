import { DomainError, type ErrorBody, type ErrorKind } from '@headwater/contracts';

/** The one place where words of the domain become HTTP codes. */
const STATUS: Readonly<Record<ErrorKind, number>> = {
  malformed: 400, unauthenticated: 401, forbidden: 403, not_found: 404, method_not_allowed: 405, timeout: 408, conflict: 409, gone: 410, precondition: 412,
  too_large: 413, unsupported_media_type: 415, invalid: 422, too_many: 429, headers_too_large: 431, unavailable: 503,
};

const TITLE: Readonly<Record<number, string>> = {
  400: 'Bad Request', 401: 'Unauthorized', 403: 'Forbidden', 404: 'Not Found', 405: 'Method Not Allowed', 408: 'Request Timeout', 409: 'Conflict', 410: 'Gone',
  412: 'Precondition Failed', 413: 'Content Too Large', 415: 'Unsupported Media Type', 422: 'Unprocessable Content',
  429: 'Too Many Requests', 431: 'Request Header Fields Too Large', 500: 'Internal Server Error', 503: 'Service Unavailable',
};

export interface HttpProblem {
  status: number;
  headers: Record<string, string>;
  body: Record<string, unknown>;
}

/** RFC 9457 problem+json of a refusal; `message` repeats `detail`, as the documented API has it. */
export function httpProblem({ kind, code, detail, errors, more }: ErrorBody): HttpProblem {
  const status = STATUS[kind];
  const own = { type: 'about:blank', title: TITLE[status], status, detail, message: detail, code, ...(errors ? { errors } : {}) };
  const retryAfter = retryAfterOf(status, code, more);
  return {
    status,
    headers: {
      'content-type': 'application/problem+json',
      ...(retryAfter ? { 'retry-after': retryAfter } : {}),
      ...(status === 401 ? { 'www-authenticate': 'Bearer' } : {}),
    },
    body: { ...own, ...more, ...own }, // what is the problem's own comes first, and stays
  };
}

/** Seconds, where it is worth trying again. */
function retryAfterOf(status: number, code: string, more: ErrorBody['more']): string | undefined {
  if (status === 429) return String(more?.retry_after ?? 1);
  return code === 'in_flight' ? '1' : status === 503 ? '2' : undefined;
}

/** Fastify's own refusals (parsing, size, media type, unknown route), in our words. @param bodyLimit of the route, in bytes */
export function refusalOf(error: unknown, bodyLimit?: number): ErrorBody | null {
  if (error instanceof DomainError) return error.body;
  const { statusCode, status, code, message } = error as { statusCode?: number; status?: number; code?: string; message?: string };
  switch (statusCode ?? status) {
    case 400: return { kind: 'malformed', code: 'malformed', detail: message ?? 'The request could not be read' };
    case 404: return { kind: 'not_found', code: 'not_found', detail: 'There is nothing at this address' };
    case 413: return { kind: 'too_large', code: 'too_large', detail: `The body is larger than ${bodyLimit ? inWords(bodyLimit) : 'this API accepts'}` };
    case 415: return { kind: 'unsupported_media_type', code: 'unsupported_media_type', detail: 'Send the body as application/json' };
    default: return isClientError(statusCode ?? status) ? { kind: 'malformed', code: code?.toLowerCase() ?? 'malformed', detail: message ?? '' } : null;
  }
}

const MEGABYTE = 2 ** 20;
const inWords = (bytes: number): string => (bytes >= MEGABYTE ? `${bytes / MEGABYTE} MB` : `${Math.round(bytes / 1024)} kB`);

const isClientError = (status: number | undefined): boolean => status !== undefined && status >= 400 && status < 500;

/** What a caller learns of a fault of ours: nothing but that it was one. The log has the rest. */
export const internalProblem: HttpProblem = {
  status: 500,
  headers: { 'content-type': 'application/problem+json' },
  body: {
    type: 'about:blank', title: TITLE[500], status: 500, code: 'internal',
    detail: 'Something went wrong on our side', message: 'Something went wrong on our side',
  },
};
