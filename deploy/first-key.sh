#!/bin/sh
# Makes a tenant, where there is none of that name, and prints a new admin key of it:
#   KEY=$(deploy/first-key.sh acme)
# HEADWATER_URL says where the gateway is, OPERATOR_TOKEN_FILE where the operator's token lies.
set -eu
tenant="${1:?say which tenant: deploy/first-key.sh acme}"
tenants="${HEADWATER_URL:-http://127.0.0.1:8080}/api/v1/admin/tenants"
token="$(cat "${OPERATOR_TOKEN_FILE:-$(dirname "$0")/secrets/operator_token}")"

# The token comes by standard input: arguments can be seen by everybody on the machine.
post() {
  printf 'header = "Authorization: Bearer %s"\n' "$token" \
    | curl --silent --show-error --config - --header 'Content-Type: application/json' --data "$2" --write-out '\n%{http_code}' "$1"
}

fail() {
  echo "$1" >&2
  exit 1
}

answer="$(post "$tenants" "{\"id\": \"$tenant\"}")"
case "$answer" in
  *201 | *409) ;;
  *) fail "$answer" ;;
esac
answer="$(post "$tenants/$tenant/keys" '{"name": "first key", "role": "admin"}')"
case "$answer" in
  *201) printf '%s\n' "$answer" | sed -n 's/.*"key": *"\([^"]*\)".*/\1/p' ;;
  *) fail "$answer" ;;
esac
