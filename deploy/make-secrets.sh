#!/bin/sh
# Makes the secrets that docker-compose.yml names, in deploy/secrets or in the folder that is given. What is there stays: the
# data was made with it. The folder is closed to others, and its files are readable: a container reads them as its own user.
set -eu
root="$(cd "$(dirname "$0")/.." && pwd)"
folder="${1:-$root/deploy/secrets}"

mkdir -p "$folder"
chmod 700 "$folder"

make_secret() {
  [ -s "$folder/$1" ] && return
  od -An -N32 -tx1 /dev/urandom | tr -d ' \n' > "$folder/.$1"
  chmod 444 "$folder/.$1"
  mv "$folder/.$1" "$folder/$1"
}

for name in postgres_password nats_admin_password nats_consumer_password jwt_secret operator_token sealing_key; do
  make_secret "$name"
done
for app in "$root"/apps/*/; do
  service="$(basename "$app")"
  make_secret "database_${service}_password"
  make_secret "nats_${service}_password"
done
echo "The secrets are in $folder"
