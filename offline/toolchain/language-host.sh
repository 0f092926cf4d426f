#!/bin/sh
# Starts Pulumi's language host with runtime.options of Pulumi.yaml as flags: the current CLI sends the
# options with each request, and this older host doesn't read them from there.
option() {
  sed -n "s/^ *$1: *//p" Pulumi.yaml 2>/dev/null
}
host="$(dirname "$(readlink -f "$0")")/language-host"
exec "$host" -typescript="$(option typescript | grep -x false || echo true)" \
  -nodeargs="$(option nodeargs)" "$@"
