import { ignored, notUnderstood, type Answer, type Connector, type OpenBody, type Reading } from './connector';
import { isObject, objectIn, objectsOf, textOf, type Json } from './json';
import { ConnectorOptions } from './options';
import { expectSignature, hmac } from './signatures';
import { trackingAnswers } from './origin';

/** Questions whose type says what is asked; each of a group that Typeform asks together carries its own. */
const TYPES: Readonly<Record<string, string>> = { email: 'email', phone_number: 'phone', website: 'website' };
const UUID = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

export const typeform: Connector = {
  name: 'typeform',
  title: 'Typeform',
  entry: 'webhook',
  signal: 'form_submission',
  secrets: { secret: { required: true, description: 'the Secret of the webhook: it signs what Typeform sends' } },
  options: ConnectorOptions,
  verify: ({ headers, bytes }, { secrets }) =>
    expectSignature('Typeform-Signature', headers['typeform-signature'], [`sha256=${hmac('sha256', secrets.secret, 'base64', bytes)}`]),
  read({ body }: OpenBody): Reading {
    const response = objectIn(body, 'form_response');
    if (!isObject(body) || !('form_response' in body)) return notUnderstood('a response of Typeform');
    const id = textOf(response.token) ?? textOf(body.event_id) ?? null;
    if (body.event_type !== undefined && body.event_type !== 'form_response') {
      return ignored(id && `${id} ${textOf(body.event_type)}`, 'not_a_lead', 'The form was begun, and not submitted');
    }
    const questions = new Map(objectsOf(objectIn(response, 'definition').fields).map((question) => [textOf(question.id), question]));
    const hidden = objectIn(response, 'hidden');
    return {
      deliveries: [{
        id,
        answers: [
          ...objectsOf(response.answers).map((answer) => answerOf(answer, questions)),
          ...trackingAnswers(hidden),
          ...Object.entries(hidden).filter(([name]) => !/^utm_/.test(name)).map(([name, value]): Answer => ({ name, value })),
          ...objectsOf(response.variables).map(variable),
        ],
      }],
      ignored: [],
    };
  },
};

function answerOf(answer: Json, questions: ReadonlyMap<string | undefined, Json>): Answer {
  const field = objectIn(answer, 'field');
  const question = questions.get(textOf(field.id)) ?? {};
  const ref = textOf(field.ref);
  const label = textOf(question.title) ?? textOf(field.title);
  const type = [textOf(field.type), textOf(answer.type)].find((one) => one !== undefined && Object.hasOwn(TYPES, one));
  return {
    name: (ref && !UUID.test(ref) ? ref : undefined) ?? label ?? textOf(field.type) ?? 'answer',
    value: valueOf(answer),
    ...(label ? { label } : {}), ...(type ? { field: TYPES[type] } : {}),
  };
}

/** A choice is its label, or what was written beside "Other". */
const choiceOf = (choice: Json): unknown => choice.label ?? choice.other ?? choice.id;

/** The value stands under the name of its type: `"type": "email", "email": "…"`. */
function valueOf(answer: Json): unknown {
  const type = textOf(answer.type) ?? '';
  const value = answer[type];
  const { labels, other } = objectIn(answer, 'choices');
  if (type === 'choices') return [labels, other].flat().filter((one) => one !== undefined && one !== null);
  return isObject(value) ? choiceOf(value) ?? Object.values(value) : value;
}

/** What the form computed is nobody's name, whatever it is called. */
const variable = (one: Json): Answer => {
  const name = textOf(one.key) ?? 'variable';
  return { name, field: `custom_fields.${name}`, value: one[textOf(one.type) ?? ''] };
};
