import { ignored, notUnderstood, type Answer, type Connector, type Delivery, type OpenBody, type Reading } from './connector';
import { isObject, listOf, objectIn, objectsOf, textOf, type Json } from './json';
import { FetchingOptions } from './options';
import { expectSignature, hmac } from './signatures';

/** LinkedIn's own questions. */
const PREDEFINED: Readonly<Record<string, string>> = {
  FIRST_NAME: 'first_name', LAST_NAME: 'last_name', EMAIL: 'email', WORK_EMAIL: 'email', PHONE: 'phone', PHONE_NUMBER: 'phone',
  WORK_PHONE_NUMBER: 'phone', JOB_TITLE: 'job_title', COMPANY_NAME: 'company_name', COMPANY: 'company_name', INDUSTRY: 'industry',
  CITY: 'city', STATE: 'state', STATE_PROVINCE: 'state', COUNTRY: 'country', COUNTRY_REGION: 'country', ZIP_CODE: 'postal_code',
  POSTAL_CODE: 'postal_code',
};
/** The id at the end of a URN. */
const idIn = (urn: string | undefined): string | undefined => /([0-9A-Za-z-]+)\)?$/.exec(urn?.slice(-100) ?? '')?.[1];

/** Lead Gen Forms. LinkedIn names the response, which is fetched; what carries the answers is read at once. */
export const linkedinLeadGen: Connector = {
  name: 'linkedin_lead_gen',
  title: 'LinkedIn Lead Gen Forms',
  entry: 'webhook',
  signal: 'form_submission',
  secrets: {
    client_secret: { required: true, description: 'client secret of the LinkedIn app: answers its challenge, and signs what LinkedIn sends' },
    access_token: { required: false, description: 'OAuth token with r_marketing_leadgen_automation: fetches the responses' },
  },
  options: FetchingOptions,
  source: {
    base_url: 'https://api.linkedin.com', secret: 'access_token',
    headers: { 'LinkedIn-Version': '202509', 'X-Restli-Protocol-Version': '2.0.0' },
  },
  verify({ headers, bytes }, { secrets: { client_secret } }) {
    // Its page can be read as if the prefix were a part of what is signed, and senders do both.
    const right = [hmac('sha256', client_secret, 'hex', bytes), hmac('sha256', client_secret, 'hex', 'hmacsha256=', bytes)];
    return expectSignature('X-LI-Signature', headers['x-li-signature']?.replace(/^hmacsha256=/, ''), right);
  },
  challenge({ method, query: { challengeCode } }, { secrets: { client_secret } }) {
    if (method !== 'GET' || !challengeCode) return null;
    const challengeResponse = hmac('sha256', client_secret, 'hex', challengeCode);
    return { status: 200, content_type: 'application/json', body: JSON.stringify({ challengeCode, challengeResponse }) };
  },
  read({ body }: OpenBody): Reading {
    if (!isObject(body)) return notUnderstood('a lead of LinkedIn');
    const response = delivery(body);
    if (response && body.testLead === true) return ignored(response.id, 'test_delivery', 'LinkedIn marks this as a test lead');
    if (response) return { deliveries: [response], ignored: [] };
    const urn = textOf(body.leadGenFormResponse);
    if (!urn) return notUnderstood('a lead of LinkedIn');
    const id = idIn(urn) ?? urn;
    if (body.leadAction !== undefined && body.leadAction !== 'CREATED') {
      return ignored(`${id} ${textOf(body.leadAction)}`, 'not_a_lead', 'LinkedIn tells of no new lead');
    }
    return { deliveries: [{ id, answers: attribution(body), fetch: { path: `/rest/leadFormResponses/${encodeURIComponent(id)}` } }], ignored: [] };
  },
  readFetched: (record) => (isObject(record) ? delivery(record) : null),
};

function delivery(body: Json): Delivery | null {
  const response = objectIn(body, 'formResponse');
  const answers = objectsOf(response.answers ?? body.answers);
  if (answers.length === 0) return null;
  const questions = new Map(formsIn(body).flatMap((form) => objectsOf(objectIn(form, 'content').questions ?? form.questions))
    .map((question) => [textOf(question.questionId) ?? textOf(question.id), question]));
  const hidden = objectsOf(body.hiddenFields ?? response.hiddenFields).map(({ name, value }): Answer => ({ name: textOf(name) ?? 'answer', value }));
  return {
    id: textOf(body.id) ?? idIn(textOf(body.leadGenFormResponse)) ?? null,
    answers: [...answers.map((answer) => answerOf(answer, questions.get(textOf(answer.questionId)) ?? {})), ...hidden, ...attribution(body)],
  };
}

/** The form itself, where the answer is decorated with it. */
const formsIn = (body: Json): Json[] => ['form', 'leadGenForm', 'versionedLeadGenForm', 'leadForm'].map((name) => objectIn(body, name));

function answerOf(answer: Json, question: Json): Answer {
  const name = textOf(question.name) ?? textOf(answer.name) ?? textOf(answer.questionId) ?? 'answer';
  const label = labelOf(question.question) ?? labelOf(answer.question) ?? textOf(question.label);
  const predefined = textOf(question.predefinedField) ?? textOf(answer.predefinedField) ?? name;
  const known = predefined.toUpperCase().replaceAll(' ', '_');
  return {
    name, value: valueOf(answer, question),
    ...(label ? { label } : {}), ...(Object.hasOwn(PREDEFINED, known) ? { field: PREDEFINED[known] } : {}),
  };
}

/** A question in one language, or in several. */
const labelOf = (question: unknown): string | undefined =>
  textOf(question) ?? (isObject(question) ? Object.values(objectIn(question, 'localized')).map(textOf).find(Boolean) : undefined);

function valueOf(answer: Json, question: Json): unknown {
  const details = objectIn(answer, 'answerDetails');
  const text = objectIn(details, 'textQuestionAnswer').answer;
  if (text !== undefined) return text;
  const chosen = listOf(objectIn(details, 'multipleChoiceAnswer').options);
  const choices = objectsOf(objectIn(objectIn(question, 'questionDetails'), 'multipleChoiceQuestionDetails').options);
  if (chosen.length > 0) return chosen.map((option) => labelOf(choices.find(({ id }) => id === option)?.text) ?? option);
  return answer.answer ?? answer.value ?? answer.answers;
}

const attribution = (body: Json): Answer[] => [
  { name: 'utm_source', field: 'utm.source', value: 'linkedin' },
  { name: 'utm_medium', field: 'utm.medium', value: (textOf(body.leadType) ?? 'SPONSORED') === 'SPONSORED' ? 'paid_social' : 'social' },
  {
    name: 'campaign', field: 'campaign',
    value: textOf(objectIn(objectIn(body, 'leadMetadata'), 'sponsoredLeadMetadata').campaign) ?? textOf(body.campaign),
  },
];
