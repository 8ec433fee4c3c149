import { Injectable } from '@nestjs/common';
import type { ConversionMapping } from '@headwater/contracts';
import { Database } from '@headwater/platform';
import { DEFAULT_MAPPING } from '../domain/mapping/default-mapping';
import { MappingsStore } from '../store/mappings.store';

/** A mapping as one of its versions; 0 is the one that every tenant begins with. */
export interface VersionedMapping { version: number; mapping: ConversionMapping }

const MOST_KEPT = 1_000;

/** Mappings by tenant and version: a version never changes, so one that was read once is read no more. */
@Injectable()
export class KnownMappings {
  private readonly kept = new Map<string, ConversionMapping>();

  constructor(private readonly database: Database, private readonly mappings: MappingsStore) {}

  /** @param version of one that there is */
  async get(tenant: string, version: number): Promise<VersionedMapping> {
    if (version === 0) return { version, mapping: DEFAULT_MAPPING };
    const name = `${tenant} ${version}`;
    const mapping = this.kept.get(name) ?? (await this.mappings.find(this.database, tenant, version))!.mapping;
    if (this.kept.size >= MOST_KEPT) this.kept.clear();
    this.kept.set(name, mapping);
    return { version, mapping };
  }

  /** The one that counts now. */
  async present(tenant: string): Promise<VersionedMapping> {
    const found = await this.mappings.find(this.database, tenant);
    return { version: found?.version ?? 0, mapping: found?.mapping ?? DEFAULT_MAPPING };
  }
}
