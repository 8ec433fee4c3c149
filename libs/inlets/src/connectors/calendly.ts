import { ignored, notUnderstood, type Answer, type Connector, type OpenBody, type Reading } from './connector';
import { isObject, objectIn, objectsOf, textOf, type Json } from './json';
import { ConnectorOptions } from './options';
import { trackingAnswers } from './origin';
import { all, expectRecent, expectSignature, hmac, refused } from './signatures';

const SIGNATURE = /^t=(\d+),v1=([0-9a-f]+)$/i;

/** Booked and cancelled meetings, and forms that lead to one. */
export const calendly: Connector = {
  name: 'calendly',
  title: 'Calendly',
  entry: 'webhook',
  signal: 'meeting',
  secrets: { signing_key: { required: true, description: 'the signing_key of the webhook subscription' } },
  options: ConnectorOptions,
  verify({ headers, bytes }, { secrets }, now) {
    const given = headers['calendly-webhook-signature'];
    if (!given) return refused('The header Calendly-Webhook-Signature is missing');
    const [, time, signature] = SIGNATURE.exec(given.replaceAll(' ', '')) ?? [];
    if (!time) return refused('Calendly-Webhook-Signature is not of the form t=…,v1=…');
    return all(
      () => expectSignature('Calendly-Webhook-Signature', signature.toLowerCase(), [hmac('sha256', secrets.signing_key, 'hex', `${time}.`, bytes)]),
      () => expectRecent(Number(time), now),
    );
  },
  read({ body }: OpenBody): Reading {
    const event = isObject(body) ? textOf(body.event) : undefined;
    const payload = objectIn(body, 'payload');
    if (!event || !isObject((body as Json).payload)) return notUnderstood('an event of Calendly');
    const id = [event, textOf(payload.uri) ?? textOf(objectIn(payload, 'invitee').uuid)].filter(Boolean).join(' ');
    const isKnown = ['invitee.created', 'invitee.canceled', 'routing_form_submission.created'].includes(event);
    if (!isKnown) return ignored(id, 'not_a_lead', `${event.slice(0, 60)} tells of no booking`);
    return {
      deliveries: [{
        id: id === event ? null : id,
        answers: answersIn(payload, event === 'invitee.canceled'),
        ...(event === 'invitee.canceled' ? { raised_hand: false } : {}),
      }],
      ignored: [],
    };
  },
};

function answersIn(payload: Json, cancelled: boolean): Answer[] {
  // Until 2021 the person was an object of its own.
  const invitee = { ...payload, ...objectIn(payload, 'invitee') };
  const meeting = objectIn(payload, 'scheduled_event');
  return [
    { name: 'email', field: 'email', value: invitee.email },
    { name: 'first_name', field: 'first_name', value: invitee.first_name },
    { name: 'last_name', field: 'last_name', value: invitee.last_name },
    { name: 'name', field: 'full_name', value: invitee.name },
    ...objectsOf(payload.questions_and_answers).map(({ question, answer, value }): Answer =>
      ({ name: textOf(question) ?? 'question', value: answer ?? value })),
    { name: 'text_reminder_number', field: 'mobile', value: invitee.text_reminder_number },
    { name: 'timezone', field: 'custom_fields.timezone', value: invitee.timezone },
    { name: 'meeting', field: 'custom_fields.meeting', value: meeting.name },
    { name: 'meeting_at', field: 'custom_fields.meeting_at', value: meeting.start_time },
    ...trackingAnswers(objectIn(payload, 'tracking')),
    { name: 'notes', field: 'notes', value: noteOf(payload, meeting, cancelled) },
  ];
}

function noteOf(payload: Json, meeting: Json, cancelled: boolean): string {
  const what = textOf(meeting.name) ?? 'a meeting';
  const at = textOf(meeting.start_time);
  const { reason, canceled_by } = objectIn(payload, 'cancellation');
  const why = [textOf(canceled_by) && `by ${textOf(canceled_by)}`, textOf(reason)].filter(Boolean).join(': ');
  return `${cancelled ? 'Cancelled' : 'Booked'} ${what}${at ? ` for ${at}` : ''} with Calendly${cancelled && why ? ` (${why})` : ''}`;
}
