import type { Service } from './vocabulary';

/** A command or query that a service answers over NATS request/reply: `<service>.<verb>`. */
export interface RequestDefinition<Question, Answer> {
  subject: string;
  service: Service;
  /** for the compiler alone */
  readonly types?: { question: Question; answer: Answer };
}

export type QuestionOf<R> = R extends RequestDefinition<infer Question, unknown> ? Question : never;
export type AnswerOf<R> = R extends RequestDefinition<unknown, infer Answer> ? Answer : never;

export const defineRequest = <Question, Answer>(service: Service, verb: string): RequestDefinition<Question, Answer> =>
  ({ service, subject: `${service}.${verb}` });
