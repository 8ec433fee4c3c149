-- Lets pgbouncer look up the password of a service's role, and nothing else. Run it once, as a superuser, in the database:
--
--   psql "$ADMINISTRATOR_URL" -v ON_ERROR_STOP=1 -f deploy/pgbouncer/auth.sql
--
-- and give the role a password then (`\password pgbouncer`), the one that stands in pgbouncer's userlist.txt.
begin;
do $role$
begin
  if to_regrole('pgbouncer') is null then
    create role pgbouncer login nosuperuser nocreatedb nocreaterole;
  end if;
  execute format('grant connect on database %I to pgbouncer', current_database());
end
$role$;
create schema if not exists pgbouncer;
create or replace function pgbouncer.find_user(name text) returns table (usename name, passwd text)
language sql stable security definer set search_path = pg_catalog as $$
  select usename, passwd from pg_shadow where usename = name and starts_with(usename::text, 'headwater_')
$$;
revoke all on schema pgbouncer from public;
revoke all on function pgbouncer.find_user from public;
grant usage on schema pgbouncer to pgbouncer;
grant execute on function pgbouncer.find_user to pgbouncer;
commit;
