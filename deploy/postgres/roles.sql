-- Gives each service of Headwater a role and a schema of its own, in the database that this is run in. Run it again whenever a
-- service is new, a password is to change, or a database was restored; it may run several times at once. What an older Headwater
-- left to its administrator is handed over.
--
--   PGOPTIONS="-c headwater.gateway_password=… -c headwater.intake_password=…" psql "$ADMINISTRATOR_URL" -v ON_ERROR_STOP=1 -f roles.sql
--
-- A role that is there keeps its password when none is given. The administrator owns the database and may create roles; it needs
-- not be a superuser. Roles belong to the whole server: two Headwaters on one server share them.
begin;
set local client_min_messages = warning;

do $roles$
declare
  services constant text[] := array['gateway', 'intake', 'scoring', 'routing', 'qualification', 'conversion'];
  service  text;
  role     text;
  password text;
  thing    record;
begin
  if not pg_has_role((select datdba from pg_database where datname = current_database()), 'member') then
    raise exception 'Run it as the owner of the database %: % is not', current_database(), current_user;
  end if;

  foreach service in array services loop
    role := 'headwater_' || service;
    password := nullif(current_setting('headwater.' || service || '_password', true), '');
    if to_regrole(role) is null then
      if password is null then
        raise exception 'The role % is new and needs a password: set headwater.%_password', role, service;
      end if;
      begin
        execute format('create role %I login nosuperuser nocreatedb nocreaterole', role);
      exception when duplicate_object or unique_violation then
        null; -- another run was quicker
      end;
    end if;
    -- Locks the role for the whole server until the end: runs in other databases, too, come one after the other.
    execute format('comment on role %I is %L', role, 'The service ' || service || ' of Headwater');

    if exists (select from pg_roles where rolname = role and (rolsuper or rolcreatedb or rolcreaterole or rolreplication or rolbypassrls))
      or exists (select from pg_auth_members where member = to_regrole(role)) then
      raise exception 'The role % was there before, and may do more than a service should: drop it, or take its attributes and memberships', role;
    end if;
    if password is not null then
      execute format('alter role %I login password %L', role, password);
    end if;
    execute format('alter role %I set search_path = %I', role, service);
    -- Whoever asked has given up long before; a migration lets itself run longer. A service hangs up after 75 s without a word: raise both (SILENT_MS).
    execute format('alter role %I set statement_timeout = %L', role, '60s');
    -- Who waits longer, an altered table above all, only makes others wait behind it.
    execute format('alter role %I set lock_timeout = %L', role, '10s');
    -- A process that froze in the middle of a transaction lets go of its leads.
    execute format('alter role %I set idle_in_transaction_session_timeout = %L', role, '60s');

    if not (select rolsuper from pg_roles where rolname = current_user) then
      execute format('grant %I to current_user', role); -- else it can't give the role a schema
    end if;
    execute format('create schema if not exists %I authorization %I', service, role);
    execute format('alter schema %I owner to %I', service, role);
    execute format('revoke all on schema %I from public', service);
    for thing in
      select 'table' as kind, oid::regclass::text as name
      from pg_class
      where relnamespace = to_regnamespace(service) and relowner <> to_regrole(role) and relkind in ('r', 'p', 'v', 'm', 'f', 'S')
        -- The sequence of a column follows its table.
        and not exists (select from pg_depend where classid = 'pg_class'::regclass and objid = pg_class.oid and relkind = 'S' and deptype in ('a', 'i'))
      union all
      select 'routine', oid::regprocedure::text
      from pg_proc where pronamespace = to_regnamespace(service) and proowner <> to_regrole(role)
      union all
      select 'type', oid::regtype::text
      from pg_type where typnamespace = to_regnamespace(service) and typowner <> to_regrole(role) and typtype in ('d', 'e')
    loop
      execute format('alter %s %s owner to %I', thing.kind, thing.name, role);
    end loop;
  end loop;

  execute format('revoke all on database %I from public', current_database());
  foreach service in array services loop
    execute format('grant connect on database %I to %I', current_database(), 'headwater_' || service);
  end loop;
  if to_regnamespace('public') is not null then
    revoke all on schema public from public;
  end if;
end
$roles$;

commit;
