import { Decimal, Document, Flag, Integer, Nested, NestedList, OneOf, Pattern, Text } from '@headwater/contracts';
import type { Condition } from '@headwater/rules';
import { PROVIDER_KINDS, type ProviderKind } from './provider-kinds';

const MOST_PROVIDERS = 20;
const MOST_CREDITS = 1_000_000_000;
const LONGEST_DAYS = 365;

export class SetupBudget {
  @Integer(0, MOST_CREDITS, { description: 'credits a day (UTC); no limit when absent' }) per_day?: number | null;
  @Integer(0, MOST_CREDITS, { description: 'credits a month (UTC); no limit when absent' }) per_month?: number | null;
}

export class SetupProvider {
  @Pattern(/^[a-z][a-z0-9_]*$/, 40, { required: true, description: 'stands beside every value that it gave' }) name: string;
  @OneOf(PROVIDER_KINDS, { required: true }) kind: ProviderKind;
  @Flag({ description: 'true when absent' }) enabled?: boolean;
  @Document({ description: 'a condition: it is asked only about leads for which this holds' }) when?: Condition | null;
  @Integer(0, 1_000_000, { description: 'credits that a question takes from the budget; 0 when absent. What the cache knows costs nothing' }) cost?: number;
  @Nested(() => SetupBudget, { description: 'of this provider alone' }) budget?: SetupBudget | null;
  @Document({ description: 'what its kind needs to know' }) settings?: Record<string, unknown>;
}

export class SetupOnCapture {
  @Document({ required: true, description: 'a condition: new leads for which it holds are enriched by themselves' }) when: Condition;
}

export class SetupCache {
  @Integer(0, LONGEST_DAYS, { description: 'days that an answer is good for; 30 when absent' }) found_days?: number;
  @Integer(0, LONGEST_DAYS, { description: 'days that it is remembered that there was nothing; 3 when absent' }) nothing_days?: number;
}

/** How a tenant's leads are enriched: whom to ask, in which order, about which leads, for how much. */
export class SetupDocument {
  @NestedList(() => SetupProvider, MOST_PROVIDERS, { required: true, description: 'asked in this order' }) providers: SetupProvider[];
  @Nested(() => SetupOnCapture, { description: 'nobody is enriched but on demand when absent' }) on_capture?: SetupOnCapture | null;
  @Nested(() => SetupBudget, { description: 'of all providers together' }) budget?: SetupBudget | null;
  @Nested(() => SetupCache) cache?: SetupCache | null;
  @Decimal(0, 1, { description: 'what is less sure is shown, and fills nothing; 0.5 when absent' }) min_confidence?: number;
}

export class HttpJsonField {
  @Text(300, { required: true, description: 'JSONPath (RFC 9535) into the answer: the first value counts' }) path: string;
  @Text(120, { required: true, description: 'of the lead, `custom_fields.<key>`, or a name of its own that is only shown' }) field: string;
  @Decimal(0, 1, { description: '0.7 when absent' }) confidence?: number;
}

/** What a provider of the kind `http_json` is asked with. */
export class HttpJsonSettings {
  @Text(2_000, { required: true, description: 'with {domain}, {email}, {company_name}, {country} and {key} in its path and parameters' }) url: string;
  @OneOf(['GET', 'POST']) method?: 'GET' | 'POST';
  @Document({ description: 'texts by name; {key} stands for the key' }) headers?: Record<string, string> | null;
  @Document({ description: 'sent as JSON; texts in it may hold the same' }) body?: Record<string, unknown> | null;
  @Text(2_000, { description: 'a secret that is written and never read; when absent the one that was written before stays' }) key?: string | null;
  @NestedList(() => HttpJsonField, 50, { required: true }) fields: HttpJsonField[];
  @Integer(100, 10_000, { description: 'milliseconds that an answer may take; 5,000 when absent' }) timeout_ms?: number;
  @Integer(1, 100_000, { description: 'questions a minute; no limit when absent' }) per_minute?: number | null;
}

export class CompanyTableSettings {
  @Decimal(0, 1, { description: 'of everything in the table; 0.95 when absent' }) confidence?: number;
}

export class WebsiteSettings {
  @Integer(500, 20_000, { description: 'milliseconds that a page may take, redirects included; 8,000 when absent' }) timeout_ms?: number;
}

/** What a tenant begins with: websites are read on demand. */
export const DEFAULT_SETUP: SetupDocument = { providers: [{ name: 'website', kind: 'website' }] };
