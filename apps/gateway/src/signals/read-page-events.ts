import { DomainError, IDENTIFY, PageEvent, PageEvents, type SIGNAL_TYPES } from '@headwater/contracts';
import { FORM_TYPES } from '../documents/shared-responses';
import { readJson, validatorOf } from '../input/json-body';

/** What a page can't see, or what its script could say of anybody: it comes from systems that have a key. */
const NOT_FROM_A_PAGE: ReadonlySet<string> = new Set<(typeof SIGNAL_TYPES)[number] | typeof IDENTIFY>([
  IDENTIFY, 'email_open', 'email_click', 'email_reply', 'form_submission', 'inbound_email', 'call', 'meeting', 'unsubscribe',
]);
/** A script that sends plain text needs no leave of the browser. */
const TYPE = /^(application\/json|text\/plain)\s*(?:;|$)/i;

/** @returns the one event that the body is, or those of its list. @throws DomainError `unsupported_media_type`, `malformed`, `invalid` */
export function readPageEvents(type: string | undefined, body: Buffer | undefined): PageEvent[] {
  if (!TYPE.test(type ?? '')) throw new DomainError({ kind: 'unsupported_media_type', code: 'unsupported_media_type', detail: FORM_TYPES });
  const sent = readJson(body ?? Buffer.alloc(0));
  const isOne = typeof sent === 'object' && sent !== null && 'type' in sent;
  const events = isOne ? [validatorOf(PageEvent)(sent) as PageEvent] : (validatorOf(PageEvents)(sent) as PageEvents).events;
  const foreign = events.findIndex((event) => NOT_FROM_A_PAGE.has(event.type));
  if (foreign < 0) return events;
  const field = isOne ? 'type' : `events.${foreign}.type`;
  throw DomainError.invalidField(field, 'not_from_a_page', `${field} is none that a page may tell of: it takes a key of the API`);
}
