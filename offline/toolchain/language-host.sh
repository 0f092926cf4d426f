#!/bin/sh
# Today's CLI sends runtime.options of Pulumi.yaml with each request; this older host takes them as flags.
option() {
  sed -n "s/^ *$1: *//p" Pulumi.yaml 2>/dev/null
}
host="$(dirname "$(readlink -f "$0")")/language-host"
exec "$host" -typescript="$(option typescript | grep -x false || echo true)" \
  -nodeargs="$(option nodeargs)" "$@"
