#!/bin/bash
# Entrypoint of the postgres image: creates the database on the first start, then runs the server.
#
# It follows the contract of the official image: POSTGRES_USER, POSTGRES_PASSWORD, POSTGRES_DB and
# POSTGRES_INITDB_ARGS (each also as NAME_FILE), POSTGRES_HOST_AUTH_METHOD, PGDATA, and the files in
# /docker-entrypoint-initdb.d. It writes to PGDATA, /var/run/postgresql and /tmp only, so the root
# file system may be read-only.
#
# An interrupted first start is repeated: the database is created in $PGDATA/.new and moved into place
# when it is complete, PG_VERSION last.
set -euo pipefail

fail() {
  echo "postgres: $*" >&2
  exit 1
}

# Exports a variable: its value, else the content of the file that NAME_FILE names, else a default.
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

# Moves a complete new database to the folder that the server uses.
move_into_place() {
  find "$new" -mindepth 1 -maxdepth 1 ! -name PG_VERSION ! -name .complete -exec mv -f -t "$PGDATA" {} +
  mv -f "$new/PG_VERSION" "$PGDATA/PG_VERSION"
  rm -rf "$new"
}

# Runs SQL from standard input in a database of the temporary server.
sql() {
  psql -v ON_ERROR_STOP=1 --no-password --no-psqlrc --quiet --username "$POSTGRES_USER" --dbname "$@"
}

create_database() {
  [ -n "$POSTGRES_PASSWORD" ] || [ "$POSTGRES_HOST_AUTH_METHOD" = trust ] ||
    fail "there is no database in $PGDATA yet, and POSTGRES_PASSWORD is not set, so it can't be created. Set it to the password for $POSTGRES_USER."
  rm -rf "$new"
  # shellcheck disable=SC2086 # POSTGRES_INITDB_ARGS is a list of arguments
  initdb --pgdata "$new" --username "$POSTGRES_USER" --pwfile <(printf '%s\n' "$POSTGRES_PASSWORD") \
    --auth-local trust --auth-host scram-sha-256 --encoding UTF8 $POSTGRES_INITDB_ARGS
  printf '\nhost all all all %s\n' "$POSTGRES_HOST_AUTH_METHOD" >> "$new/pg_hba.conf"

  # Only its socket, so that no client connects before the database is complete.
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
    # PID 1 ignores signals without a trap.
    trap 'pg_ctl --pgdata "$new" --mode fast --silent stop 2> /dev/null; exit 143' INT TERM
    [ -e "$new/.complete" ] || create_database
    move_into_place
    trap - INT TERM
  fi
  rm -rf "$PGDATA/.new"
  unset POSTGRES_PASSWORD
fi
exec "$@"
