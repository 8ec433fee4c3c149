#!/bin/sh
# Runs deploy/postgres/roles.sql with the passwords that lie beside the administrator's: database_<service>_password.
set -eu
secrets="${SECRETS:-/run/secrets}"

for file in "$secrets"/database_*_password; do
  service="$(basename "$file" _password)"
  PGOPTIONS="${PGOPTIONS:-} -c headwater.${service#database_}_password=$(cat "$file")"
done
PGPASSWORD="$(cat "$secrets/postgres_password")"
export PGOPTIONS PGPASSWORD
exec psql --no-psqlrc --quiet --set ON_ERROR_STOP=1 --file "$1"
