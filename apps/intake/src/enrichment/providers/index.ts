import type { ProviderKind } from '../../domain/enrichment/provider-kinds';
import { companyTable } from './company-table';
import { httpJson } from './http-json';
import type { EnrichmentProvider } from './provider';
import { website } from './website';

/** Every kind of provider that a setup may name. */
export const providers: ReadonlyMap<ProviderKind, EnrichmentProvider> = new Map(
  ([companyTable, website, httpJson] as EnrichmentProvider[]).map((provider) => [provider.kind, provider]));
