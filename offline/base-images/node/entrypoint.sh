#!/bin/sh
# The entrypoint of the node image, as in the official one: arguments that are not a command are
# node's own.
if [ "${1#-}" != "$1" ] || [ -z "$(command -v "$1")" ] || { [ -f "$1" ] && [ ! -x "$1" ]; }; then
  set -- node "$@"
fi
exec "$@"
