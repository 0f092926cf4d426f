#!/bin/sh
# Entrypoint of the node image, with the behaviour of the official one: arguments that are not a
# command are passed to node.
if [ "${1#-}" != "$1" ] || [ -z "$(command -v "$1")" ] || { [ -f "$1" ] && [ ! -x "$1" ]; }; then
  set -- node "$@"
fi
exec "$@"
