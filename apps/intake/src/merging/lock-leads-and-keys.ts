import { Injectable } from '@nestjs/common';
import type { Tx } from '@headwater/platform';
import type { Lead } from '../domain/lead';
import { LeadsStore } from '../store/leads.store';
import { MergedLeadsStore, type LeadKeyRow } from '../store/merged-leads.store';
import { Beaten } from '../store/until-not-beaten';

/** Holds leads, and back everybody who looks for somebody by their keys: in the order in which captures lock. */
@Injectable()
export class LockLeadsAndKeys {
  constructor(private readonly leads: LeadsStore, private readonly merged: MergedLeadsStore) {}

  /** @returns leads and keys as they are now, in the order of the leads' ids. @throws Beaten when a key came while the leads were waited for */
  async lock(tx: Tx, tenant: string, ids: number[]): Promise<{ leads: Lead[]; keys: LeadKeyRow[] }> {
    const before = await this.lockKeys(tx, tenant, ids);
    const leads = await this.leads.lock(tx, ids.map((id) => ({ tenant, id })));
    const keys = await this.merged.keysOf(tx, tenant, ids);
    const locked = new Set(before.map(nameOf));
    if (keys.some((key) => !locked.has(nameOf(key)))) throw new Beaten('A lead has come to another key before it was held');
    return { leads, keys };
  }

  private async lockKeys(tx: Tx, tenant: string, ids: number[]): Promise<LeadKeyRow[]> {
    const keys = await this.merged.keysOf(tx, tenant, ids);
    await this.leads.lockKeys(tx, keys.map((key) => ({ ...key, tenant })));
    return keys;
  }
}

const nameOf = ({ kind, value }: LeadKeyRow): string => `${kind} ${value}`;
