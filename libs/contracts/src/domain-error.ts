/** One field that is wrong: its name (dotted path), a code, and a sentence. */
export interface FieldError {
  field: string;
  code: string;
  detail: string;
}

export const fieldError = (field: string, code: string, detail: string): FieldError => ({ field, code, detail });

/** A remark that doesn't stop the request; it goes out beside the data. */
export interface Warning {
  code: string;
  detail: string;
  [more: string]: unknown;
}

/** What kind of refusal it is; the HTTP status follows from it in one place (platform/errors). */
export type ErrorKind =
  | 'malformed' | 'unauthenticated' | 'forbidden' | 'not_found' | 'method_not_allowed' | 'timeout' | 'gone' | 'conflict' | 'precondition' | 'too_large'
  | 'unsupported_media_type' | 'invalid' | 'too_many' | 'headers_too_large' | 'unavailable';

export interface ErrorBody {
  kind: ErrorKind;
  /** lower_snake_case, for programs */
  code: string;
  /** a sentence, for people */
  detail: string;
  errors?: FieldError[];
  /** further members of the answer, such as the ids to go to */
  more?: Record<string, unknown>;
}

export const MOST_ERRORS = 50;

/** A refusal in words of the domain. It crosses NATS as its `body` and comes out as the same error. */
export class DomainError extends Error {
  constructor(readonly body: ErrorBody) {
    super(body.detail);
    this.name = 'DomainError';
  }

  /** @param errors of very many the first are told */
  static invalid(errors: FieldError[], detail = errors[0]?.detail ?? 'The request is not valid'): DomainError {
    return new DomainError({ kind: 'invalid', code: errors[0]?.code ?? 'invalid', detail, errors: errors.slice(0, MOST_ERRORS) });
  }

  static invalidField(field: string, code: string, detail: string): DomainError {
    return DomainError.invalid([fieldError(field, code, detail)]);
  }

  static notFound(what: string): DomainError {
    return new DomainError({ kind: 'not_found', code: 'not_found', detail: `${what} not found` });
  }

  static gone(detail: string): DomainError {
    return new DomainError({ kind: 'gone', code: 'gone', detail });
  }

  static conflict(code: string, detail: string, more?: Record<string, unknown>): DomainError {
    return new DomainError({ kind: 'conflict', code, detail, more });
  }

  /** @param what was to be changed, as it was seen before. @param more how it stands now */
  static changedMeanwhile(what: 'lead' | 'record', more?: Record<string, unknown>): DomainError {
    return new DomainError({ kind: 'precondition', code: 'precondition_failed', detail: `The ${what} was changed meanwhile`, more });
  }

  static unavailable(detail: string): DomainError {
    return new DomainError({ kind: 'unavailable', code: 'unavailable', detail });
  }
}
