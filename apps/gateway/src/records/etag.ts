import type { FastifyReply } from 'fastify';
import { DomainError } from '@headwater/contracts';

const TAG = /^"([\d.]{1,60})"$/;

/** Puts the version of a record into the header; a service of the release before tells none. */
export function tag(reply: FastifyReply, version: string | undefined): void {
  if (version !== undefined) void reply.header('etag', `"${version}"`);
}

/**
 * The version that a change is based on: `If-Match` absent and `*` expect nothing.
 * @throws DomainError `precondition_failed` for what is no tag of ours
 */
export function versionIn(ifMatch: string | undefined): { expected_version?: string } {
  if (ifMatch === undefined || ifMatch.trim() === '*') return {};
  const version = TAG.exec(ifMatch.trim())?.[1];
  if (version) return { expected_version: version };
  throw new DomainError({ kind: 'precondition', code: 'precondition_failed', detail: 'If-Match must be one ETag of this record, as it was answered' });
}
