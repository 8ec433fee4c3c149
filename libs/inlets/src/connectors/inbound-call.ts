import { readCall, type Call } from './call-answers';
import { notUnderstood, type Answer, type Connector, type OpenBody, type Reading } from './connector';
import { isObject, textOf, type Json } from './json';
import { ConnectorOptions } from './options';
import { expectToken, TOKEN_SECRET } from './signatures';

/** Names under which telephony services send what a call is about. */
const NAMES = {
  id: ['call_id', 'callId', 'call_sid', 'callSid', 'uuid', 'id'],
  caller: ['caller', 'caller_number', 'callerNumber', 'caller_id', 'callerId', 'from', 'from_number', 'source', 'ani'],
  called: ['called', 'called_number', 'calledNumber', 'callee', 'to', 'to_number', 'destination', 'dnis'],
  name: ['caller_name', 'callerName', 'name', 'contact_name', 'cnam'],
  direction: ['direction', 'call_direction', 'type'],
  at: ['time', 'started_at', 'startedAt', 'start_time', 'startTime', 'timestamp', 'date'],
  duration: ['duration', 'duration_s', 'duration_seconds', 'call_duration', 'talk_time'],
  recording: ['recording_url', 'recordingUrl', 'recording_link', 'recording'],
  status: ['status', 'call_status', 'disposition', 'outcome'],
} as const;
const ALL_NAMES = new Set<string>(Object.values(NAMES).flat());
const OUTBOUND = /^(out|outbound|outgoing|ausgehend|sortant|saliente)/i;

/** Calls of any telephony service that posts JSON or forms. */
export const inboundCall: Connector = {
  name: 'call',
  title: 'Telephone calls, any service',
  entry: 'call',
  signal: 'call',
  fillsOnly: true,
  secrets: TOKEN_SECRET,
  options: ConnectorOptions,
  verify: (request, { secrets }) => expectToken(request, secrets.token),
  read({ body }: OpenBody): Reading {
    const document = isObject(body) && isObject(body.call) ? { ...body, ...body.call } : body;
    if (!isObject(document)) return notUnderstood('a call');
    const call = callIn(document);
    if (call.caller === undefined && call.called === undefined) return notUnderstood('a call: it has no caller');
    return readCall(call, () => others(document));
  },
};

function callIn(document: Json): Call {
  const first = (names: readonly string[]): unknown => names.map((name) => document[name]).find((value) => (value ?? '') !== '');
  const person = (names: readonly string[]): string | undefined => {
    const value = first(names);
    return textOf(isObject(value) ? value.number ?? value.phone : value);
  };
  return {
    id: textOf(first(NAMES.id)) ?? null, caller: person(NAMES.caller), called: person(NAMES.called), name: textOf(first(NAMES.name)),
    outbound: OUTBOUND.test(textOf(first(NAMES.direction)) ?? ''),
    at: first(NAMES.at), duration: first(NAMES.duration), recording: first(NAMES.recording), status: first(NAMES.status),
  };
}

/** What else a service knows of the caller: company, e-mail, the campaign of the number. */
const others = (document: Json): Answer[] => Object.entries(document)
  .filter(([name, value]) => !ALL_NAMES.has(name) && !isObject(value))
  .map(([name, value]) => ({ name, value }));
