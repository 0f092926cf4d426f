#!/bin/bash
# The entrypoint of the postgres image: makes the database on first start, then becomes the server.
#
# It keeps the contract of the official image: POSTGRES_USER, POSTGRES_PASSWORD, POSTGRES_DB and
# POSTGRES_INITDB_ARGS (each also as NAME_FILE), POSTGRES_HOST_AUTH_METHOD, PGDATA, and the files in
# /docker-entrypoint-initdb.d. The root file system may be read-only: it writes to PGDATA,
# /var/run/postgresql and /tmp only.
#
# A first start that is interrupted starts anew: the database is made in $PGDATA/.new and moved into
# place when it is complete, PG_VERSION last.
set -euo pipefail

fail() {
  echo "postgres: $*" >&2
  exit 1
}

# Sets a variable from itself, from the file that NAME_FILE names, or to a default.
setting() {
  local name=$1 fallback=${2-} file=${1}_FILE
  if [ -n "${!name-}" ] && [ -n "${!file-}" ]; then
    fail "both $name and $file are set: set one of them"
  fi
  if [ -n "${!file-}" ]; then
    [ -r "${!file}" ] || fail "$file names ${!file}, which can't be read"
    export "$name"="$(< "${!file}")"
  else
    export "$name"="${!name:-$fallback}"
  fi
  unset "$file"
}

# Puts the parts of a complete new database where the server looks for them.
move_into_place() {
  find "$new" -mindepth 1 -maxdepth 1 ! -name PG_VERSION ! -name .complete -exec mv -f -t "$PGDATA" {} +
  mv -f "$new/PG_VERSION" "$PGDATA/PG_VERSION"
  rm -rf "$new"
}

# Runs SQL of standard input in a database of the server that only this script can reach.
sql() {
  psql -v ON_ERROR_STOP=1 --no-password --no-psqlrc --quiet --username "$POSTGRES_USER" --dbname "$@"
}

make_database() {
  [ -n "$POSTGRES_PASSWORD" ] || [ "$POSTGRES_HOST_AUTH_METHOD" = trust ] ||
    fail "there is no database in $PGDATA yet, and POSTGRES_PASSWORD is not set, so none can be made. Set it to the password that $POSTGRES_USER shall have."
  rm -rf "$new"
  # shellcheck disable=SC2086 # POSTGRES_INITDB_ARGS is a list of arguments
  initdb --pgdata "$new" --username "$POSTGRES_USER" --pwfile <(printf '%s\n' "$POSTGRES_PASSWORD") \
    --auth-local trust --auth-host scram-sha-256 --encoding UTF8 $POSTGRES_INITDB_ARGS
  printf '\nhost all all all %s\n' "$POSTGRES_HOST_AUTH_METHOD" >> "$new/pg_hba.conf"

  # Reached by its socket alone, so that nobody connects before the database is complete.
  pg_ctl --pgdata "$new" --wait --silent -o "-c listen_addresses='' -p 5432" start
  if [ "$POSTGRES_DB" != postgres ]; then
    sql postgres --set db="$POSTGRES_DB" <<< 'CREATE DATABASE :"db";'
  fi
  local file
  for file in /docker-entrypoint-initdb.d/*; do
    case $file in
      *.sh) echo "postgres: $file"; bash "$file" ;;
      *.sql) echo "postgres: $file"; sql "$POSTGRES_DB" --file "$file" ;;
      *.sql.gz) echo "postgres: $file"; gunzip -c "$file" | sql "$POSTGRES_DB" ;;
    esac
  done
  pg_ctl --pgdata "$new" --mode fast --wait --silent stop
  touch "$new/.complete"
}

if [ "${1:0:1}" = - ]; then
  set -- postgres "$@"
fi
if [ "${1-}" = postgres ]; then
  mkdir -p "$PGDATA"
  if [ "$(id -u)" = 0 ]; then
    # The server refuses to run as root.
    chown -R postgres:postgres "$PGDATA" /var/run/postgresql
    exec setpriv --reuid postgres --regid postgres --init-groups "$0" "$@"
  fi
  chmod 0700 "$PGDATA" 2> /dev/null || true
  setting POSTGRES_USER postgres
  setting POSTGRES_PASSWORD
  setting POSTGRES_DB "$POSTGRES_USER"
  setting POSTGRES_INITDB_ARGS
  POSTGRES_HOST_AUTH_METHOD=${POSTGRES_HOST_AUTH_METHOD:-scram-sha-256}

  if [ ! -s "$PGDATA/PG_VERSION" ]; then
    new=$PGDATA/.new
    # As the first process of its container this shell would ignore signals that it has no trap for.
    trap 'pg_ctl --pgdata "$new" --mode fast --silent stop 2> /dev/null; exit 143' INT TERM
    [ -e "$new/.complete" ] || make_database
    move_into_place
    trap - INT TERM
  fi
  rm -rf "$PGDATA/.new"
  unset POSTGRES_PASSWORD
fi
exec "$@"
