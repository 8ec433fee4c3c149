/** For a statement that begins with it; `$1` tenants, `$2` ids: `belonging`, each lead, as `root`, with all that were merged into it. */
export const BELONGING = `
  with recursive belonging (tenant_id, root, lead_id) as (
    select tenant_id, lead_id, lead_id from unnest($1::text[], $2::bigint[]) as asked(tenant_id, lead_id)
    union
    select belonging.tenant_id, belonging.root, tie.lead_id
    from belonging join lead_tie tie on tie.tenant_id = belonging.tenant_id and tie.merged_into = belonging.lead_id
  )`;
