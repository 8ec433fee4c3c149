import { fieldError, type FieldError, type LeadFacts, type LeadProfile } from '@headwater/contracts';
import type { NamedHost } from './named-hosts';
import { isPublicAddress, literalAddress } from './public-address';
import type { HttpJsonSettings } from './setup-document';

/** A request as it would be sent, but for the key. */
export type HttpQuestion = { method: 'GET' | 'POST'; url: string; headers: Record<string, string>; body: string | null };

const PLACES = ['domain', 'email', 'company_name', 'country', 'key'] as const;
type Place = (typeof PLACES)[number];
const PLACE = /\{([a-z_]+)\}/g;
const HEADER_NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}$/;
const HEADER_TEXT = /^[\x20-\x7e]{0,2000}$/;
/** Of the connection, not of the question. */
const NOT_TO_SET = new Set(['host', 'connection', 'content-length', 'transfer-encoding', 'accept-encoding', 'upgrade', 'te', 'trailer', 'expect']);
const KEY = '{key}';

const placesIn = (text: string): string[] => [...text.matchAll(PLACE)].map(([, name]) => name);

/** What a lead has to say at the places of a template. An address that is none is nobody's to be sent around. */
const valuesOf = ({ profile, facts }: { profile: LeadProfile; facts: LeadFacts }): Partial<Record<Place, string | null | undefined>> => ({
  domain: facts.company_domain, email: facts.email_valid ? profile.email : null, company_name: profile.company_name, country: profile.country,
});

/** @returns null when the lead lacks something that the question needs */
export function httpQuestion(lead: { profile: LeadProfile; facts: LeadFacts }, settings: HttpJsonSettings): HttpQuestion | null {
  const values = valuesOf(lead);
  const { url, headers, body, method = body ? 'POST' : 'GET' } = settings;
  const needed = new Set([url, ...Object.values(headers ?? {}), JSON.stringify(body ?? null)].flatMap(placesIn));
  if ([...needed].some((name) => name !== 'key' && !values[name as Place])) return null;
  const fill = (text: string, encode: (value: string) => string): string =>
    text.replace(PLACE, (place, name: Place) => (place === KEY ? KEY : encode(values[name] ?? '')));
  return {
    method, url: fill(url, encodeURIComponent),
    headers: Object.fromEntries(Object.entries(headers ?? {}).map(([name, text]) => [name.toLowerCase(), fill(text, encodeURIComponent)])),
    body: body ? JSON.stringify(filled(body, (text) => fill(text, (value) => value))) : null,
  };
}

function filled(value: unknown, fill: (text: string) => string): unknown {
  if (typeof value === 'string') return fill(value);
  if (Array.isArray(value)) return value.map((one) => filled(one, fill));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, filled(one, fill)]));
}

/** The request with its key, as it is sent. */
export function withKey({ url, headers, body, ...rest }: HttpQuestion, key: string | undefined): HttpQuestion {
  const put = (text: string, value: string): string => text.replaceAll(KEY, value);
  return {
    ...rest, url: put(url, encodeURIComponent(key ?? '')),
    headers: Object.fromEntries(Object.entries(headers).map(([name, text]) => [name, put(text, key ?? '')])),
    body: body && put(body, JSON.stringify(key ?? '').slice(1, -1)),
  };
}

/** What is wrong with a template of a request: its paths are those of the settings. @param services that may be asked although they aren't public */
export function checkHttpQuestion({ url, headers, body, method }: HttpJsonSettings, services: readonly NamedHost[]): FieldError[] {
  const texts: [string, unknown][] = [['url', url], ['body', JSON.stringify(body ?? null)], ...Object.entries(headers ?? {}).map(([name, text]): [string, unknown] => [`headers.${name}`, text])];
  return [
    ...texts.flatMap(([path, text]) => (typeof text === 'string' ? placesIn(text).filter((name) => !(PLACES as readonly string[]).includes(name))
      .map((name) => fieldError(path, 'unknown_place', `There is no {${name}}; there are ${PLACES.map((place) => `{${place}}`).join(', ')}`)) : [])),
    ...checkUrl(url, services),
    ...Object.entries(headers ?? {}).flatMap(([name, text]) => checkHeader(name, text)),
    ...(body && method === 'GET' ? [fieldError('body', 'not_with_get', 'A GET has no body')] : []),
  ];
}

function checkUrl(url: string, services: readonly NamedHost[]): FieldError[] {
  const host = /^https?:\/\/([^/?#]*)/i.exec(url)?.[1] ?? '';
  if (!URL.canParse(url.replace(PLACE, 'x')) || host === '') return [fieldError('url', 'no_url', 'url must begin with https:// or http:// and a host')];
  if (host.includes('{')) return [fieldError('url', 'place_in_host', 'The host is always the same: places may stand in the path and the parameters')];
  if (host.includes('@')) return [fieldError('url', 'credentials_in_url', 'Credentials belong into headers, as {key}')];
  const { hostname, port } = new URL(url.replace(PLACE, 'x'));
  const asked = hostname.replace(/\.$/, '');
  const service = services.find((one) => one.host === asked);
  if (service?.at) return [];
  const literal = literalAddress(asked);
  const isInside = literal ? !isPublicAddress(literal) : LOCALHOST.test(asked);
  return [
    ...(isInside && !service ? [fieldError('url', 'address_not_public', `url leads to ${literal ?? asked}, which is not public`)] : []),
    ...(['', '80', '443', String(service?.port ?? '')].includes(port) ? [] : [fieldError('url', 'port_not_allowed', `url leads to port ${port}: services are asked at 80 and 443`)]),
  ];
}

const LOCALHOST = /^(.+\.)?localhost$/;

function checkHeader(name: string, text: unknown): FieldError[] {
  const path = `headers.${name}`.slice(0, 120);
  if (!HEADER_NAME.test(name) || NOT_TO_SET.has(name.toLowerCase())) return [fieldError(path, 'illegal_name', `${path} is no header that can be set`)];
  return typeof text === 'string' && HEADER_TEXT.test(text) ? [] : [fieldError(path, 'illegal_text', `${path} must be a text of visible ASCII, at most 2,000 characters`)];
}
