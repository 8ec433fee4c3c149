import { Injectable } from '@nestjs/common';
import type { Campaign, CampaignFilter, PatchCampaignRequest } from '@headwater/contracts';
import type { Database, Queries, Tx } from '@headwater/platform';
import { campaignKey } from '../domain/campaigns/campaign-name';
import { conditionsOf, pageOf, type Page } from './page';

/** A campaign as a tenant's sender calls it. */
export interface CampaignName { tenant: string; name: string }
export interface CampaignAlias { key: string; name: string; code: string; own: boolean }

const FIELDS = ['name', 'status', 'channel', 'starts_on', 'ends_on', 'budget', 'currency'] as const;
const VIEW = `
  (select c.*, array(select a.name from campaign_alias a
                     where a.tenant_id = c.tenant_id and a.code = c.code and not a.own order by a.name) as aliases
   from campaign c) as campaign`;
const COLUMNS = `id, code, ${FIELDS.join(', ')}, aliases, created_at, updated_at`;

/** Every query over campaigns and what they are called. */
@Injectable()
export class CampaignsStore {
  /** Holds back everybody else who names a tenant's campaigns, until this transaction ends. Captures don't wait for it. */
  async lockNames(tx: Tx, tenant: string): Promise<void> {
    await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`campaigns ${tenant}`]);
  }

  /** The codes of campaigns by their names; one that nobody has named before is made. @returns by tenant and key, see `nameOf` */
  async codes(tx: Tx, names: CampaignName[]): Promise<Map<string, string>> {
    const codes = await this.knownCodes(tx, names);
    const unknown = new Map(names.map((one) => [nameOf(one), one] as const).filter(([name]) => !codes.has(name)));
    if (unknown.size === 0) return codes;
    await this.makeOnFirstUse(tx, [...unknown.values()]);
    return this.knownCodes(tx, names);
  }

  /** In one order, and the codes asked for anew afterwards: of two who name it first at once, the first one's spelling counts for both. */
  async makeOnFirstUse(tx: Tx, names: CampaignName[]): Promise<void> {
    const sent = [names.map(({ tenant }) => tenant), names.map(({ name }) => campaignKey(name)), names.map(({ name }) => name.trim())];
    await tx.query(`
      insert into campaign_alias (tenant_id, key, name, code, own)
      select tenant_id, key, name, name, true from unnest($1::text[], $2::text[], $3::text[]) as sent(tenant_id, key, name) order by 1, 2
      on conflict do nothing`, sent);
    await tx.query(`
      insert into campaign (tenant_id, code)
      select distinct tenant_id, code from unnest($1::text[], $2::text[]) as sent(tenant_id, key) join campaign_alias using (tenant_id, key) order by 1, 2
      on conflict do nothing`, sent.slice(0, 2));
  }

  async knownCodes(queries: Queries, names: CampaignName[]): Promise<Map<string, string>> {
    if (names.length === 0) return new Map();
    const rows = await queries.query<{ tenant_id: string; key: string; code: string }>(`
      select distinct tenant_id, key, code from unnest($1::text[], $2::text[]) as sent(tenant_id, key) join campaign_alias using (tenant_id, key)`,
      [names.map(({ tenant }) => tenant), names.map(({ name }) => campaignKey(name))]);
    return new Map(rows.map(({ tenant_id, key, code }) => [`${tenant_id} ${key}`, code]));
  }

  /** By its code as it is written, else by any of its names. */
  async find(queries: Queries, tenant: string, name: string): Promise<Campaign | null> {
    const [found] = await queries.query<Campaign>(`
      select ${COLUMNS} from ${VIEW}
      where tenant_id = $1 and code in ($2, (select code from campaign_alias where tenant_id = $1 and key = $3))
      order by code = $2 desc limit 1`, [tenant, name, campaignKey(name)]);
    return found ?? null;
  }

  async byCodes(tx: Tx, tenant: string, codes: string[]): Promise<Campaign[]> {
    return tx.query<Campaign>(`select ${COLUMNS} from ${VIEW} where tenant_id = $1 and code = any($2::text[])`, [tenant, codes]);
  }

  list(database: Database, tenant: string, filter: CampaignFilter, cursor: string | undefined, limit: number): Promise<Page<Campaign>> {
    const { conditions, parameters, where } = conditionsOf(tenant);
    if (filter.status !== undefined) where((p) => `status = ${p}`, filter.status);
    if (filter.channel !== undefined) where((p) => `channel = ${p}`, filter.channel);
    if (filter.search !== undefined) {
      where((p) => `(lower(name) like ${p} or lower(code) like ${p} or exists (
        select from campaign_alias a where a.tenant_id = campaign.tenant_id and a.code = campaign.code and a.key like ${p}))`,
      `%${campaignKey(filter.search).replace(/[\\%_]/g, '\\$&')}%`);
    }
    return pageOf<Campaign>(database, { select: COLUMNS, from: VIEW, conditions, parameters, sort: '-created_at', cursor, limit });
  }

  /** Writes the fields that are given; null empties, and makes an absent status the usual one. */
  async update(tx: Tx, tenant: string, code: string, patch: Omit<PatchCampaignRequest, 'aliases'>): Promise<void> {
    const given = FIELDS.filter((field) => patch[field] !== undefined);
    const values = given.map((field) => (field === 'status' ? patch.status ?? 'active' : patch[field]));
    const sets = given.map((field, i) => `${field} = $${i + 3}`);
    await tx.query(`update campaign set ${[...sets, 'updated_at = now()'].join(', ')} where tenant_id = $1 and code = $2`, [tenant, code, ...values]);
  }

  /** Who has these names now, and what became of whoever does. */
  holders(tx: Tx, tenant: string, keys: string[]): Promise<(CampaignAlias & { status: string })[]> {
    return tx.query(`
      select a.key, a.name, a.code, a.own, c.status from campaign_alias a join campaign c using (tenant_id, code)
      where a.tenant_id = $1 and a.key = any($2::text[])`, [tenant, keys]);
  }

  /** Replaces what a campaign is called besides its code; a name that another one had is taken from it. */
  async replaceAliases(tx: Tx, tenant: string, code: string, aliases: Omit<CampaignAlias, 'code'>[]): Promise<void> {
    await tx.query('delete from campaign_alias where tenant_id = $1 and code = $2 and not own and key <> all($3::text[])',
      [tenant, code, aliases.map(({ key }) => key)]);
    await tx.query(`
      insert into campaign_alias (tenant_id, key, name, code, own)
      select $1, key, name, $2, own from unnest($3::text[], $4::text[], $5::boolean[]) as sent(key, name, own) order by key
      on conflict (tenant_id, key) do update set name = excluded.name, code = excluded.code, own = excluded.own`,
      [tenant, code, aliases.map(({ key }) => key), aliases.map(({ name }) => name), aliases.map(({ own }) => own)]);
  }
}

/** How a campaign's name is found in a map of codes. */
export const nameOf = ({ tenant, name }: CampaignName): string => `${tenant} ${campaignKey(name)}`;
