#!/bin/sh
# Starts nats-server with the passwords that its configuration takes from the environment: nats_intake_password becomes
# NATS_INTAKE_PASSWORD. In quotes, since the server reads a value as it does its configuration, where 12e3 is a number.
set -eu
for file in "${SECRETS:-/run/secrets}"/nats_*_password; do
  export "$(basename "$file" | tr '[:lower:]' '[:upper:]')=\"$(cat "$file")\""
done
exec nats-server --config "$1"
