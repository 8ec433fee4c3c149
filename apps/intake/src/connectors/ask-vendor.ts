import { Inject, Injectable } from '@nestjs/common';
import { purposeOfSecret, SECRET_PREFIX } from '@headwater/contracts';
import type { NamedDelivery, RecordSource, SetUp } from '@headwater/inlets';
import { Seals } from '@headwater/platform';
import { FetchError, GuardedFetch } from '../enrichment/guarded-fetch';
import { INTAKE_CONFIG, type IntakeConfig } from '../intake.config';
import type { InletRow } from '../store/inlets.store';

const LIMITS = { timeoutMs: 10_000, maxBytes: 512 * 1024, maxRedirects: 0 };

/** What a vendor answers when it is asked for a record; `gone` when it says that there is none. */
export type VendorAnswer = { record: unknown } | { failed: string; gone: boolean };

/** Asks vendors for the records that they only named, with the token that was entrusted to us. */
@Injectable()
export class AskVendor {
  private readonly fetcher: GuardedFetch;
  private readonly seals: Seals;

  constructor(@Inject(INTAKE_CONFIG) { CONNECTOR_HOSTS, SEALING_KEY }: IntakeConfig) {
    this.fetcher = new GuardedFetch({ named: CONNECTOR_HOSTS ?? [] });
    this.seals = new Seals(SEALING_KEY);
  }

  /** @throws Error when the token can't be opened; the reason of `ended` when it has ended */
  async ask(inlet: InletRow, { connector, options }: SetUp, { fetch }: NamedDelivery, ended: AbortSignal): Promise<VendorAnswer> {
    const source = connector.source as RecordSource;
    const token = this.seals.open(String(inlet.settings[SECRET_PREFIX + source.secret]), purposeOfSecret(inlet.tenant_id, source.secret));
    const url = (options.base_url ?? source.base_url).replace(/\/+$/, '') + fetch.path;
    try {
      const headers = { accept: 'application/json', authorization: `Bearer ${token}`, ...source.headers };
      const { status, body, cut } = await this.fetcher.fetch({ url, headers }, LIMITS, ended);
      if (status !== 200 || cut) return { failed: cut ? 'its answer is too long' : `it answered ${status}`, gone: status === 404 || status === 410 };
      return { record: JSON.parse(body.toString()) as unknown };
    } catch (error) {
      if (ended.aborted) throw ended.reason;
      if (error instanceof FetchError) return { failed: error.code, gone: false };
      if (error instanceof SyntaxError) return { failed: 'its answer is not JSON', gone: false };
      throw error;
    }
  }
}
