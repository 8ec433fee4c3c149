import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Accounts, contacts, customers and opportunities, and how leads became them. */
export class CreateConversion1763770300000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table account (
        id              bigint generated always as identity primary key,
        tenant_id       text not null,
        kind            text not null check (kind in ('company', 'person')),
        name            text not null,
        -- what two spellings of one company have in common; see domain/match-keys
        name_normalised text,
        domain          text,
        website         text,
        industry        text,
        employees       bigint,
        annual_revenue  numeric,
        street          text,
        city            text,
        state           text,
        postal_code     text,
        country         text,
        owner_id        bigint,
        lead_id         bigint,
        revision        bigint not null default 1,
        created_at      timestamptz not null default now()
      );
      create index account_domain on account (tenant_id, domain) where domain is not null;
      create index account_name on account (tenant_id, name_normalised) where kind = 'company';

      create table contact (
        id               bigint generated always as identity primary key,
        tenant_id        text not null,
        account_id       bigint not null references account,
        is_primary       boolean not null,
        salutation       text,
        first_name       text,
        last_name        text,
        full_name        text,
        job_title        text,
        email            text,
        email_normalised text,
        phone            text,
        mobile           text,
        phone_digits     text,
        mobile_digits    text,
        email_opt_out    boolean not null,
        do_not_call      boolean not null,
        consent          jsonb,
        lead_id          bigint,
        revision         bigint not null default 1,
        created_at       timestamptz not null default now()
      );
      -- The last word on one person being one contact.
      create unique index contact_email on contact (tenant_id, email_normalised) where email_normalised is not null;
      create unique index contact_primary on contact (account_id) where is_primary;

      create table customer (
        id              bigint generated always as identity primary key,
        tenant_id       text not null,
        customer_number text not null generated always as ('CUST-' || lpad(id::text, greatest(6, length(id::text)), '0')) stored,
        account_id      bigint not null references account,
        contact_id      bigint not null references contact,
        type            text not null check (type in ('individual', 'organization')),
        status          text not null default 'active' check (status in ('active', 'inactive')),
        owner_id        bigint,
        lead_id         bigint,
        revision        bigint not null default 1,
        created_at      timestamptz not null default now()
      );
      create unique index customer_contact on customer (contact_id);
      create index customer_account on customer (account_id);
      create index customer_number on customer (tenant_id, customer_number);

      create table opportunity (
        id                  bigint generated always as identity primary key,
        tenant_id           text not null,
        name                text not null,
        value               numeric not null check (value >= 0),
        currency            text not null,
        stage               text not null,
        probability         numeric not null check (probability between 0 and 100),
        expected_close_date date not null,
        customer_id         bigint not null references customer,
        account_id          bigint not null references account,
        lead_id             bigint,
        owner_id            bigint,
        notes               text,
        tags                text[],
        -- frozen when the lead was converted
        attribution         jsonb,
        revision            bigint not null default 1,
        created_at          timestamptz not null default now()
      );
      create index opportunity_customer on opportunity (customer_id);

      create table opportunity_stage_history (
        id             bigint generated always as identity primary key,
        tenant_id      text not null,
        opportunity_id bigint not null references opportunity,
        from_stage     text,
        to_stage       text not null,
        probability    numeric not null,
        actor          text not null,
        at             timestamptz not null default now()
      );
      create index opportunity_stage_history_opportunity on opportunity_stage_history (opportunity_id, id);

      -- The one attempt per lead that counts. Whoever holds the token of a started one, and nobody else, may finish it.
      create table conversion (
        tenant_id   text not null,
        lead_id     bigint not null,
        token       uuid not null,
        state       text not null check (state in ('started', 'done', 'aborted')),
        started_at  timestamptz not null default now(),
        lease_until timestamptz not null,
        actor       text not null,
        converted   jsonb,
        attribution jsonb,
        notes       text,
        primary key (tenant_id, lead_id),
        check (state <> 'done' or (converted is not null and attribution is not null))
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table conversion, opportunity_stage_history, opportunity, customer, contact, account');
  }
}
