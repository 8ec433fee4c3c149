import type { IncomingHttpHeaders } from 'node:http';
import { DomainError } from '@headwater/contracts';

/** Nobody unpacks what strangers send. @throws DomainError `unsupported_media_type` for a body that says that it is compressed */
export function plainOnly({ 'content-encoding': coding = 'identity' }: IncomingHttpHeaders): void {
  if (coding.toLowerCase() === 'identity') return;
  throw new DomainError({ kind: 'unsupported_media_type', code: 'unsupported_media_type', detail: 'Send the body uncompressed' });
}
