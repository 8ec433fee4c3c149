import { Injectable } from '@nestjs/common';
import type { Queries } from '@headwater/platform';
import type { Lead } from '../domain/lead';
import { MergedLeadsStore } from '../store/merged-leads.store';

/** Where merged leads went. */
@Injectable()
export class FindPrimaries {
  constructor(private readonly merged: MergedLeadsStore) {}

  /** The leads that merged ones belong to by now, by the ids of these; asks nothing where none is merged. */
  async of(queries: Queries, tenant: string, leads: readonly Lead[]): Promise<Map<number, number>> {
    const ids = leads.filter(({ merged_into }) => merged_into !== null).map(({ id }) => id);
    if (ids.length === 0) return new Map();
    return new Map((await this.merged.primaries(queries, tenant, ids)).map(({ lead_id, primary_id }) => [lead_id, primary_id]));
  }
}
