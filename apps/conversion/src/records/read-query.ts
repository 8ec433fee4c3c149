import { Injectable } from '@nestjs/common';
import { Database } from '@headwater/platform';
import { searchTerm } from '../domain/search-term';
import type { Found } from '../store/record-lists.store';
import { RecordSearch } from '../store/record-search.store';

const NOTHING: Found = { words: null, some: null, phone: null, digits: null };

/** Reads what somebody typed to narrow a list down. */
@Injectable()
export class ReadQuery {
  constructor(private readonly database: Database, private readonly search: RecordSearch) {}

  /** @returns null where nothing was typed; without words where that names nothing */
  async read(tenant: string, q: string | undefined): Promise<Found | null> {
    if (q === undefined) return null;
    const term = searchTerm(q);
    if (!term) return NOTHING;
    const { words, some, phone } = await this.search.lexemesOf(this.database, tenant, term);
    return { words, some, phone, digits: term.digits };
  }
}
