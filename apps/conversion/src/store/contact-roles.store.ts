import { Injectable } from '@nestjs/common';
import type { ContactRole } from '@headwater/contracts';
import type { Queries, Tx } from '@headwater/platform';

/** Every query over the people who have a say in a deal. */
@Injectable()
export class ContactRolesStore {
  /** The primary one first, then in the order in which they came. */
  list(queries: Queries, tenant: string, opportunityId: number): Promise<ContactRole[]> {
    return queries.query<ContactRole>(`
      select contact_id, role, is_primary from opportunity_contact_role
      where tenant_id = $1 and opportunity_id = $2 order by is_primary desc, created_at, contact_id`, [tenant, opportunityId]);
  }

  /** Those of some contacts that are no contacts of the account. */
  async strangers(tx: Tx, tenant: string, accountId: number, contactIds: number[]): Promise<number[]> {
    const rows = await tx.query<{ id: number }>(`
      select id from unnest($3::bigint[]) as given(id)
      where not exists (select from contact where contact.id = given.id and tenant_id = $1 and account_id = $2) order by id`, [tenant, accountId, contactIds]);
    return rows.map(({ id }) => id);
  }

  /** Makes the list what is given: the deal is locked by whoever asks. */
  async replace(tx: Tx, tenant: string, opportunityId: number, roles: ContactRole[]): Promise<void> {
    const given = [roles.map(({ contact_id }) => contact_id), roles.map(({ role }) => role), roles.map(({ is_primary }) => is_primary)];
    await tx.query('delete from opportunity_contact_role where tenant_id = $1 and opportunity_id = $2 and contact_id <> all($3::bigint[])',
      [tenant, opportunityId, given[0]]);
    // First nobody is the primary one: there is never more than one.
    await tx.query('update opportunity_contact_role set is_primary = false where tenant_id = $1 and opportunity_id = $2 and is_primary', [tenant, opportunityId]);
    await tx.query(`
      insert into opportunity_contact_role (tenant_id, opportunity_id, contact_id, role, is_primary)
      select $1, $2, contact_id, role, is_primary from unnest($3::bigint[], $4::text[], $5::boolean[]) as given(contact_id, role, is_primary) order by contact_id
      on conflict (opportunity_id, contact_id) do update set role = excluded.role, is_primary = excluded.is_primary`, [tenant, opportunityId, ...given]);
  }
}
