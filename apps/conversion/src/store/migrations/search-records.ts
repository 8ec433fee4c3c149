import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Accounts and contacts are found by the beginnings of their words and by parts of their phone numbers, with nothing but what
 * PostgreSQL has by itself: lexemes in a GIN index, that of the tenant among them, so that nobody pays for the others' records.
 */
export class SearchRecords1764150000701 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // Bodies that are no text are bound to what they call: a restored dump, which knows no search path, can compute them.
    await runner.query(`
      -- Without case, accents and ligatures: "Muller" finds Müller, "strasse" finds Straße.
      create function folded(written text) returns text immutable strict parallel safe
        return replace(replace(replace(replace(translate(
          lower(regexp_replace(normalize(written, nfkd), '[\\u0300-\\u036f]', '', 'g')),
          'øłđıħŧŋ', 'oldihtn'), 'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'), 'þ', 'th');

      -- What stands between punctuation and spaces, in any script.
      create function search_words(written text) returns text[] immutable strict parallel safe
        return array_remove(regexp_split_to_array(folded(written),
          '[\\u0001-\\u002f\\u003a-\\u0040\\u005b-\\u0060\\u007b-\\u00bf\\u2000-\\u206f\\u3000-\\u303f]+'), '');

      -- Every four digits in a row, which part of a number has, too.
      create function digit_grams(digits text) returns text[] immutable strict parallel safe
        return (select array_agg('#' || substr(digits, i, 4)) from generate_series(1, least(length(digits), 40) - 3) as i);

      -- Words with what else there is to find a record by; the tenant's lexeme begins as no word does.
      create function search_vector(tenant text, written text, phone text, mobile text) returns tsvector immutable parallel safe
        return array_to_tsvector(array['=' || tenant] || coalesce(search_words(written), '{}')
          || coalesce(digit_grams(phone), '{}') || coalesce(digit_grams(mobile), '{}'));
    `);
    await runner.query(`
      alter table account add column search tsvector generated always as (
        search_vector(tenant_id, name || ' ' || coalesce(domain, ''), null, null)) stored,
        add column name_folded text generated always as (folded(name)) stored;
      alter table contact add column search tsvector generated always as (search_vector(tenant_id,
          coalesce(full_name, '') || ' ' || coalesce(first_name, '') || ' ' || coalesce(last_name, '') || ' ' || coalesce(email, ''),
          phone_digits, mobile_digits)) stored,
        add column name_folded text generated always as (
          folded(coalesce(full_name, coalesce(first_name, '') || ' ' || coalesce(last_name, '')))) stored;
      create index account_search on account using gin (search) with (gin_pending_list_limit = 256);
      create index contact_search on contact using gin (search) with (gin_pending_list_limit = 256);
      -- Names as they begin, in their order.
      create index account_name_folded on account (tenant_id, name_folded text_pattern_ops, id desc);
      create index contact_name_folded on contact (tenant_id, name_folded text_pattern_ops, id desc);

      create index account_tenant on account (tenant_id, id);
      create index contact_tenant on contact (tenant_id, id);
      create index customer_tenant on customer (tenant_id, id);
      create index opportunity_tenant on opportunity (tenant_id, id);
      create index contact_account on contact (account_id, id);
      create index opportunity_account on opportunity (account_id, id);
      create index account_owner on account (tenant_id, owner_id, id) where owner_id is not null;
      create index customer_owner on customer (tenant_id, owner_id, id) where owner_id is not null;
      create index opportunity_owner on opportunity (tenant_id, owner_id, id) where owner_id is not null;
      create index opportunity_close on opportunity (tenant_id, expected_close_date, id desc);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop index opportunity_close, opportunity_owner, customer_owner, account_owner, opportunity_account, contact_account, opportunity_tenant,
        customer_tenant, contact_tenant, account_tenant;
      alter table contact drop column search, drop column name_folded;
      alter table account drop column search, drop column name_folded;
      drop function search_vector, digit_grams, search_words, folded;
    `);
  }
}
