import { createHash } from 'node:crypto';
import { readCall, type Call } from './call-answers';
import { notUnderstood, type Answer, type Connector, type InboundRequest, type OpenBody, type Reading, type Verification } from './connector';
import { isObject, textOf, type Json } from './json';
import { ConnectorOptions } from './options';
import { all, expectSignature, hmac, refused, VERIFIED } from './signatures';

/** Where the network places the number of whoever calls. */
const PLACES: Readonly<Record<string, string>> = { City: 'city', State: 'state', Zip: 'postal_code', Country: 'country' };

/** Calls of Twilio Voice: its request for instructions, or the callback with the status of a call. */
export const twilio: Connector = {
  name: 'twilio',
  title: 'Twilio Voice',
  entry: 'call',
  signal: 'call',
  fillsOnly: true,
  secrets: { auth_token: { required: true, description: 'Auth Token of the Twilio account: it signs what Twilio sends' } },
  options: ConnectorOptions,
  verify: (request, { secrets }) => all(
    () => expectSignature('X-Twilio-Signature', request.headers['x-twilio-signature'], signatures(request, secrets.auth_token)),
    () => expectSignedBody(request),
  ),
  read({ body }: OpenBody): Reading {
    if (!isObject(body) || (!textOf(body.From) && !textOf(body.Caller))) return notUnderstood('a call of Twilio');
    return readCall(callIn(body), (outbound) => placeOf(body, outbound));
  },
  thanks: { status: 200, content_type: 'text/xml', body: '<?xml version="1.0" encoding="UTF-8"?><Response/>' },
};

const isForm = ({ headers }: InboundRequest): boolean => headers['content-type']?.toLowerCase().startsWith('application/x-www-form-urlencoded') ?? false;

/** Of a body that is no form the signed address has the hash: without it anybody could put another body behind an address that was signed once. */
function expectSignedBody(request: InboundRequest): Verification {
  const { bytes, query } = request;
  if (isForm(request) || bytes.length === 0) return VERIFIED;
  return query.bodySHA256 === createHash('sha256').update(bytes).digest('hex') ? VERIFIED : refused('bodySHA256 is not the hash of this body');
}

/** The address, and behind it the fields of the form in the order of their names, each with its value. */
function signatures(request: InboundRequest, token: string): string[] {
  const { urls, bytes } = request;
  const fields = isForm(request) ? [...new URLSearchParams(bytes.toString())].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)) : [];
  return urls.map((url) => hmac('sha1', token, 'base64', url, fields.flat().join('')));
}

/** One call is one submission, however many callbacks tell of it. */
const callIn = (form: Json): Call => ({
  id: textOf(form.CallSid) ?? null, caller: textOf(form.From) ?? textOf(form.Caller), called: textOf(form.To) ?? textOf(form.Called),
  name: textOf(form.CallerName), outbound: (textOf(form.Direction) ?? '').startsWith('outbound'), at: form.Timestamp,
  duration: form.CallDuration ?? form.RecordingDuration, recording: form.RecordingUrl, status: form.CallStatus,
});

const placeOf = (form: Json, outbound: boolean): Answer[] => Object.entries(PLACES)
  .map(([part, field]) => ({ name: part.toLowerCase(), field, value: form[`${outbound ? 'To' : 'From'}${part}`] }));
