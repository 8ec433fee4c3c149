import type { FieldError } from '@headwater/contracts';
import { charsetIn, jsonPath, textIn, valuesAt } from '@headwater/inlets';
import { checkHttpQuestion, httpQuestion, withKey, type HttpQuestion } from '../../domain/enrichment/http-question';
import { clean, isFillable, readFact, type Fact } from '../../domain/enrichment/lead-fields';
import { HttpJsonSettings, type HttpJsonField } from '../../domain/enrichment/setup-document';
import { FetchError } from '../guarded-fetch';
import { ProviderError, type EnrichmentProvider } from './provider';

const TIME_MS = 5_000;
const LARGEST = 512 * 1_024;
const CONFIDENCE = 0.7;
const LONGEST_SHOWN = 500;
const NOTHING = new Set([204, 404, 410]);

/** A service that answers in JSON, by an address with the lead's domain or e-mail in it. It is asked as it is set up, redirects are not followed. */
export const httpJson: EnrichmentProvider<HttpJsonSettings, HttpQuestion> = {
  kind: 'http_json',
  settings: HttpJsonSettings,
  remembers: true,
  check: (settings, services) => [...checkHttpQuestion(settings, services), ...settings.fields.flatMap(checkField)],
  gives: ({ fields }) => fields.map(({ field }) => field),
  perMinute: ({ per_minute }) => per_minute ?? null,
  question: httpQuestion,
  async ask(question, { timeout_ms: timeoutMs = TIME_MS, fields }, { services, userAgent, key, ended }) {
    const { method, url, headers, body } = withKey(question, key);
    const sent = { accept: 'application/json', 'user-agent': userAgent, ...(body === null ? {} : { 'content-type': 'application/json' }), ...headers };
    try {
      const answer = await services.fetch({ method, url, headers: sent, ...(body === null ? {} : { body }) }, { timeoutMs, maxBytes: LARGEST, maxRedirects: 0 }, ended);
      if (NOTHING.has(answer.status)) return [];
      if (answer.status < 200 || answer.status >= 300) throw new ProviderError(`status_${answer.status}`, answer.status === 429 || answer.status >= 500);
      if (answer.cut) throw new ProviderError('too_large', false);
      return factsIn(parse(textIn(answer.body, charsetIn(answer.contentType))), fields);
    } catch (error) {
      throw error instanceof FetchError ? ProviderError.ofFetch(error) : error;
    }
  },
};

const checkField = ({ path }: HttpJsonField, i: number): FieldError[] =>
  (jsonPath(path) ? [] : [{ field: `fields.${i}.path`, code: 'no_path', detail: `fields.${i}.path is no JSONPath such as $.company.name` }]);

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new ProviderError('no_json', false, { cause: error });
  }
}

function factsIn(document: unknown, fields: readonly HttpJsonField[]): Fact[] {
  const facts = new Map<string, Fact>();
  for (const { path, field, confidence = CONFIDENCE } of fields) {
    const [found] = valuesAt(document, path);
    const value = isFillable(field) ? readFact(field, found) : shown(found);
    if (value !== null && confidence > (facts.get(field)?.confidence ?? -1)) facts.set(field, { field, value, confidence });
  }
  return [...facts.values()];
}

function shown(found: unknown): Fact['value'] | null {
  if (typeof found === 'string') return clean(found, LONGEST_SHOWN) || null;
  return typeof found === 'number' || typeof found === 'boolean' ? found : null;
}
