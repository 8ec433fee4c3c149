import type { FieldError } from '@headwater/contracts';
import type { Company } from '../../domain/enrichment/company';
import type { Fact } from '../../domain/enrichment/lead-fields';
import type { NamedHost } from '../../domain/enrichment/named-hosts';
import type { ProviderKind } from '../../domain/enrichment/provider-kinds';
import type { Lead } from '../../domain/lead';
import type { FetchError, GuardedFetch } from '../guarded-fetch';

/** What a provider is asked: enough to tell it from other questions, so that none is asked twice. */
export type Question = Readonly<Record<string, unknown>>;

export type KnownLead = Pick<Lead, 'profile' | 'facts'>;

/** With what a provider asks. */
export interface Means {
  /** of the tenant's own table; null when it isn't there */
  company(wanted: Omit<Company, 'fields'>): Promise<Company['fields'] | null>;
  /** for pages of anybody */
  pages: GuardedFetch;
  /** for services that an admin named */
  services: GuardedFetch;
  userAgent: string;
  /** the provider's key, if it has one */
  key: string | undefined;
  /** when this process ends */
  ended: AbortSignal;
}

/** A provider that gave no answer. */
export class ProviderError extends Error {
  /** @param code lower_snake_case; @param temporary another try may help */
  constructor(readonly code: string, readonly temporary: boolean, options?: ErrorOptions) {
    super(`The provider gave no answer: ${code}`, options);
  }

  static ofFetch(error: FetchError): ProviderError {
    return new ProviderError(error.code, error.temporary, { cause: error });
  }
}

/** A way to learn more of a lead. Settings are the tenant's, of the provider's own class. */
export interface EnrichmentProvider<Settings extends object = object, Asked extends Question = Question> {
  kind: ProviderKind;
  settings: new () => Settings;
  /** whether answers are remembered; what is asked of our own tables isn't */
  remembers: boolean;
  /** what is wrong with settings of the right shape, paths within them; `services` may be asked although they aren't public */
  check?(settings: Settings, services: readonly NamedHost[]): FieldError[];
  /** the fields of a lead that it may fill; null for any */
  gives(settings: Settings): readonly string[] | null;
  /** questions a minute; null without a limit */
  perMinute?(settings: Settings): number | null;
  /** what it would be asked about a lead; null when the lead has nothing to ask with */
  question(lead: KnownLead, settings: Settings): Asked | null;
  /** @returns what it knows, at most one fact per field; nothing when it knows nothing. @throws ProviderError when there is no answer */
  ask(question: Asked, settings: Settings, means: Means): Promise<Fact[]>;
}
