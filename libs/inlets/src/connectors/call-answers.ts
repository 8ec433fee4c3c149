import { ignored, sorted, type Answer, type Reading } from './connector';
import { instantOf, textOf } from './json';

/** A telephone call, as every telephony service tells of it. */
export interface Call {
  id: string | null;
  caller?: string;
  called?: string;
  /** who called, where the network says */
  name?: string;
  outbound: boolean;
  at?: unknown;
  /** seconds */
  duration?: unknown;
  recording?: unknown;
  status?: unknown;
}

const WITHHELD = /^(anonymous|restricted|private|unavailable|unknown|blocked|withheld|client:.*|sip:.*|\+?266696687|\+?7378742833|\+?86282452253)$/i;

/** The number of the person that the call was with; null when it was withheld. */
function personsNumber({ caller, called, outbound }: Call): string | null {
  const number = outbound ? called : caller;
  return number && !WITHHELD.test(number.trim()) && /\d{3}/.test(number) ? number : null;
}

/** What American networks call whom they don't know. */
const NOBODY = /^(wireless|cellular|cell|mobile|toll[ -]?free|unknown|unavailable|private)( (caller|call|phone|name|number|user))?$|^(name|caller|not) (unavailable|unknown|available)$|^out of area$/i;

/** Networks that know no name send the number, or a word for that. */
const isName = (text: string | undefined): boolean => text !== undefined && !WITHHELD.test(text) && !NOBODY.test(text) && /\p{L}/u.test(text);

/**
 * The lead of a call, with what the service says besides. The person is known by the number, and what happened becomes a note;
 * whom we called didn't ask for it.
 */
export function readCall(call: Call, others: (outbound: boolean) => Answer[]): Reading {
  const number = personsNumber(call);
  if (!number) return ignored(call.id, 'number_withheld', 'The number of the person is not known: nobody could be called back');
  const delivery = { id: call.id, answers: [...answersOf(call, number), ...others(call.outbound)] };
  return sorted([call.outbound ? { ...delivery, raised_hand: false } : delivery]);
}

function answersOf(call: Call, number: string): Answer[] {
  return [
    { name: 'phone', field: 'phone', value: number },
    { name: 'caller_name', field: 'full_name', value: isName(call.name) ? call.name : undefined },
    { name: 'called', field: 'custom_fields.called_number', value: call.outbound ? undefined : call.called },
    { name: 'notes', field: 'notes', value: noteOf(call) },
  ];
}

function noteOf({ outbound, caller, called, at, duration, recording, status }: Call): string {
  const seconds = Number(textOf(duration));
  return [
    `${outbound ? 'Call to' : 'Call from'} ${(outbound ? called : caller) ?? 'a number'}`,
    (outbound ? caller : called) && `${outbound ? 'from' : 'to'} ${outbound ? caller : called}`,
    instantOf(at) && `at ${instantOf(at)}`,
    textOf(duration) && Number.isFinite(seconds) && `for ${seconds} seconds`,
    textOf(status) && `(${textOf(status)})`,
  ].filter(Boolean).join(' ') + (textOf(recording) ? `\nRecording: ${textOf(recording)}` : '');
}
