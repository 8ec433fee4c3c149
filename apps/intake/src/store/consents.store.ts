import { Injectable } from '@nestjs/common';
import { CONSENT_FIELDS, type Actor, type Consent, type ConsentField, type ConsentStatement, type Entry, type Inlet } from '@headwater/contracts';
import type { Database, Tx } from '@headwater/platform';
import { completeConsent } from '../domain/consent';
import type { Lead } from '../domain/lead';

type Source = Pick<ConsentStatement, 'at' | 'submission_id' | 'entry' | 'inlet' | 'by'>;
interface Sent {
  at: string; submission_id: string; entry: Entry; inlet: Inlet | null; by: string; consent: Consent | null; page_url: string | null;
  email_opt_out: boolean; do_not_call: boolean;
}
interface Edit { at: string; field: ConsentField; value: unknown; by: string }

/** What was said of consent: by submissions, in their log, and by people who edited a lead. */
@Injectable()
export class ConsentsStore {
  /** @param changed the fields that an edit of the lead changed, whatever they are */
  async addEdits(tx: Tx, lead: Lead, changed: string[], { kind, id }: Actor): Promise<void> {
    const fields = CONSENT_FIELDS.filter((field) => changed.includes(field));
    if (fields.length === 0) return;
    await tx.query(`
      insert into consent_edit (tenant_id, lead_id, field, value, actor)
      select $1, $2, field, value, $5 from unnest($3::text[], $4::jsonb[]) as sent(field, value)`,
      [lead.tenant_id, lead.id, fields, fields.map((field) => JSON.stringify(lead.profile[field] ?? null)), `${kind}:${id}`]);
  }

  /** Newest first. Who didn't say anything of an opt-out hasn't taken one back: only a person's edit does. */
  async list(database: Database, tenant: string, leadIds: number[], limit: number): Promise<ConsentStatement[]> {
    const [sent, edits] = await Promise.all([
      database.query<Sent>(`
        select received_at as at, id as submission_id, entry, actor as by,
          case when inlet_kind is not null then jsonb_build_object('kind', inlet_kind, 'id', inlet_id) end as inlet,
          nullif(payload->'consent', 'null') as consent, payload->>'page_url' as page_url,
          payload @> '{"email_opt_out": true}' as email_opt_out, payload @> '{"do_not_call": true}' as do_not_call
        from submission
        where tenant_id = $1 and lead_id = any($2::bigint[])
          and (payload->'consent' <> 'null' or payload @> '{"email_opt_out": true}' or payload @> '{"do_not_call": true}')
        order by received_at desc, id desc limit $3`, [tenant, leadIds, limit]),
      database.query<Edit>(`
        select at, field, value, actor as by from consent_edit where tenant_id = $1 and lead_id = any($2::bigint[]) order by at desc, id desc limit $3`,
        [tenant, leadIds, limit]),
    ]);
    return [...sent.flatMap(ofSubmission), ...edits.map(ofEdit)].sort((a, b) => Date.parse(b.at) - Date.parse(a.at)).slice(0, limit);
  }
}

function ofSubmission({ consent, page_url, email_opt_out, do_not_call, ...source }: Sent): ConsentStatement[] {
  const given = completeConsent(consent, { received_at: source.at, entry: source.entry, lead: { page_url } });
  return [
    ...(given ? [statement(source, 'consent', true, given)] : []),
    ...(email_opt_out ? [statement(source, 'email_opt_out', true)] : []),
    ...(do_not_call ? [statement(source, 'do_not_call', true)] : []),
  ];
}

const ofEdit = ({ field, value, ...source }: Edit): ConsentStatement =>
  statement({ ...source, submission_id: null, entry: null, inlet: null }, field, Boolean(value), field === 'consent' ? (value as Consent | null) : null);

const statement = (source: Source, field: ConsentField, value: boolean, consent: Consent | null = null): ConsentStatement => ({
  ...source, field, value, text_version: consent?.text_version ?? null, text: consent?.text ?? null, agreed_at: consent?.at ?? null,
  origin: consent?.origin ?? null, confirmed_at: consent?.confirmed_at ?? null,
});
