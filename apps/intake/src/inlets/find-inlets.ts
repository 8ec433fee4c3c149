import { Injectable } from '@nestjs/common';
import type { AnswerOf, FindInlet, EdgeInlet, ListInlets, QuestionOf } from '@headwater/contracts';
import { Database } from '@headwater/platform';
import { InletsStore, type InletRow } from '../store/inlets.store';

/** Tells the edge by which ways something may come in. */
@Injectable()
export class FindInlets {
  constructor(private readonly database: Database, private readonly store: InletsStore) {}

  async find({ key }: QuestionOf<typeof FindInlet>): Promise<AnswerOf<typeof FindInlet>> {
    const row = await this.store.findByKey(this.database, key);
    return { inlet: row ? inletOf(row) : null };
  }

  async list({ after, digest: known }: QuestionOf<typeof ListInlets>): Promise<AnswerOf<typeof ListInlets>> {
    // Before the rows: what changes meanwhile isn't in this digest, and is read with the next one.
    const digest = await this.store.digest(this.database);
    if (digest === known) return { digest, unchanged: true };
    const rows = await this.store.part(this.database, after);
    return { digest, unchanged: false, inlets: rows.map(inletOf), next: rows.at(-1)?.id ?? null };
  }
}

const inletOf = ({ tenant_id, kind, id, name, key, secret, revoked_at, revision, settings }: InletRow): EdgeInlet =>
  ({ kind, id, tenant: tenant_id, name, key, secret, revoked: revoked_at !== null, revision, settings });
