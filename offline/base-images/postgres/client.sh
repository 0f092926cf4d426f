#!/bin/sh
# psql and pg_isready: Debian's programs with the libpq of the server's package, whose default folder
# for the socket is /tmp.
export PGHOST="${PGHOST-/var/run/postgresql}"
LD_LIBRARY_PATH=/usr/local/pgsql/lib exec "/usr/local/pgsql/bin/${0##*/}" "$@"
