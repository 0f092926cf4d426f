#!/bin/sh
# psql and pg_isready: Debian's programs on the libpq that the server's package brings, which would look
# for the socket in /tmp by itself.
export PGHOST="${PGHOST-/var/run/postgresql}"
LD_LIBRARY_PATH=/usr/local/pgsql/lib exec "/usr/local/pgsql/bin/${0##*/}" "$@"
