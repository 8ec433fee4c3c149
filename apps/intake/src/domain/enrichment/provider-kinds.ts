export const PROVIDER_KINDS = ['company_table', 'website', 'http_json'] as const;
export type ProviderKind = (typeof PROVIDER_KINDS)[number];
