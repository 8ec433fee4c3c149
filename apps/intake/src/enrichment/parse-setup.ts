import { DomainError, type FieldError } from '@headwater/contracts';
import { compileValidator, type Seals, type Validator } from '@headwater/platform';
import { checkCondition } from '@headwater/rules';
import type { NamedHost } from '../domain/enrichment/named-hosts';
import { RULE_FIELDS } from '../domain/enrichment/rule-fields';
import type { Setup } from '../domain/enrichment/setup';
import { SetupDocument, type SetupProvider } from '../domain/enrichment/setup-document';
import { providers } from './providers';

const shapeOf = compileValidator(SetupDocument, { closed: true });
const settingsOf = new Map([...providers].map(([kind, { settings }]) => [kind, compileValidator(settings, { closed: true }) as Validator<Settings>]));

type Settings = Record<string, unknown> & { key?: string | null };

/** What a provider's key is sealed for. @param name of the provider */
export const purposeOfKey = (tenant: string, name: string): string => `enrichment ${tenant} ${name}`;

/**
 * A setup document, checked, and the secrets that it brings or leaves as they were.
 * @param former what is in force: a key that isn't given stays, unless it would be sent to another host than before
 * @param seal a key that is new, for its purpose
 * @param services that may be asked although they aren't public
 * @throws DomainError `invalid` with the path of everything that is wrong (at most 50)
 */
export function parseSetup(
  document: unknown, former: Setup, seal: Seals['seal'], services: readonly NamedHost[],
): Pick<Setup, 'document' | 'secrets'> {
  const setup = shapeOf(document);
  const errors: FieldError[] = [
    ...duplicates(setup),
    ...conditionErrors(setup.on_capture?.when, 'on_capture.when'),
    ...setup.providers.flatMap((provider, i) => [...conditionErrors(provider.when, `providers.${i}.when`), ...settingsErrors(provider, `providers.${i}.settings`, services)]),
  ];
  if (errors.length > 0) throw DomainError.invalid(errors);
  const secrets: Record<string, string> = {};
  const kept = setup.providers.map((provider, i) => {
    const key = keyOf(provider, former, seal);
    if (key) secrets[provider.name] = key;
    else if (JSON.stringify(provider.settings ?? {}).includes('{key}')) errors.push(keyRequired(`providers.${i}.settings.key`));
    return withoutKey(provider);
  });
  if (errors.length > 0) throw DomainError.invalid(errors);
  return { document: { ...setup, providers: kept }, secrets };
}

function duplicates({ providers: given }: SetupDocument): FieldError[] {
  const seen = new Set<string>();
  return given.flatMap(({ name }, i) => {
    if (seen.has(name)) return [{ field: `providers.${i}.name`, code: 'duplicate', detail: `"${name}" is there twice` }];
    seen.add(name);
    return [];
  });
}

const conditionErrors = (condition: unknown, path: string): FieldError[] => (condition == null ? [] : checkCondition(condition, RULE_FIELDS).map((problem) =>
  ({ field: `${path}${problem.path.replaceAll('/', '.')}`, code: problem.code, detail: problem.message })));

/** Paths within the settings are told as paths of the document. */
function settingsErrors({ kind, settings = {} }: SetupProvider, path: string, services: readonly NamedHost[]): FieldError[] {
  const within = ({ field, code, detail }: FieldError): FieldError =>
    ({ field: `${path}.${field}`, code, detail: detail.startsWith(field) ? `${path}.${detail}` : detail });
  try {
    return (providers.get(kind)!.check?.(settingsOf.get(kind)!(settings), services) ?? []).map(within);
  } catch (error) {
    if (error instanceof DomainError && error.body.errors) return error.body.errors.map(within);
    throw error;
  }
}

/** An admin may use a key that another one wrote, and not have it sent to himself. */
function keyOf({ name, kind, settings }: SetupProvider, former: Setup, seal: Seals['seal']): string | undefined {
  const { key, url } = (settings ?? {}) as Settings & { url?: string };
  if (key !== undefined) return key ? seal(key, purposeOfKey(former.tenant, name)) : undefined;
  const before = former.document.providers.find((provider) => provider.name === name && provider.kind === kind);
  const host = originOf(url);
  return host !== null && originOf(before?.settings?.url) === host ? former.secrets[name] : undefined;
}

const originOf = (url: unknown): string | null => /^https?:\/\/[^/?#]+/i.exec(String(url))?.[0].toLowerCase() ?? null;

const keyRequired = (field: string): FieldError => ({ field, code: 'key_required', detail: `${field} is required: the address is another than the one that it was written for` });

function withoutKey({ settings, ...provider }: SetupProvider): SetupProvider {
  if (!settings) return provider;
  const { key: _key, ...shown } = settings;
  return { ...provider, settings: shown };
}
