# shellcheck shell=sh
# Runs before PostgreSQL in its pod. Checks that the data in the volume, if there is any, can be used: that it
# belongs to this user and this major version, and that POSTGRES_PASSWORD opens the database POSTGRES_DB as
# POSTGRES_USER. Without this, an old volume with a new password shows as failed logins everywhere else.
#
# EXISTING_DATA says what to do with data that can't be used:
#   refuse  end with one message, and change nothing
#   keep    give the user the password of this stack
#   drop    delete the data, so that PostgreSQL creates a new database
# Keep and drop act until PostgreSQL may start once. A pod that restarts later with the same setting refuses.
#
# It works with psql 9.6 and later, and with the shells of Debian and Alpine.
set -eu

files=/tmp/check-data
log="$files/server.log"
# Has the setting that has acted on this volume. It is next to the data, so that it outlives a drop.
spent="$PGDATA.existing-data"
choice=$EXISTING_DATA

quiet() {
  "$@" > /dev/null 2>&1
}

stop_server() {
  quiet pg_ctl --pgdata "$PGDATA" --mode fast --wait stop || true
  rm -rf "$files"
}

# Lets PostgreSQL start. From now on the setting has no effect on this volume, until another one was set.
start_postgres() {
  if [ "$EXISTING_DATA" != refuse ] && ! (echo "$EXISTING_DATA" > "$spent") 2> /dev/null; then
    echo "postgres.existingData ($EXISTING_DATA) stays in effect, because $spent can't be written: set it to refuse." >&2
  fi
  exit 0
}

# Lets PostgreSQL start on data that can't be checked: a fault of the check must not stop a healthy database.
unchecked() {
  echo "The data in the volume can't be checked: $1" >&2
  start_postgres
}

# Ends with a message. The kubelet shows it as the reason why the pod doesn't start.
refuse() {
  echo "$1 $2" >&2
  exit 1
}

# Handles data that can't be used, other than by a wrong password.
unusable() {
  if [ "$choice" != drop ]; then
    refuse "The volume has data that this PostgreSQL can't use: $1." "$2, or set postgres.existingData to drop$again, which deletes the data."
  fi
  drop_data "$1"
}

# Deletes the data. A deletion that is interrupted goes on at the next start.
drop_data() {
  stop_server
  echo "Deleting the data in the volume, because $1 and postgres.existingData is drop." >&2
  mv "$PGDATA" "$PGDATA.dropped"
  rm -rf "$PGDATA.dropped"
  start_postgres
}

sql() {
  psql --no-psqlrc --no-password --quiet --tuples-only --no-align -v ON_ERROR_STOP=1 "$@"
}

as_superuser() {
  sql --host "$files" --username "$POSTGRES_USER" --dbname template1 "$@"
}

# Whether the password opens the database. Sets $error where it doesn't.
opens() {
  error=$(PGPASSWORD="$POSTGRES_PASSWORD" sql --host 127.0.0.1 --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" \
    --command "SELECT 1" 2>&1 > /dev/null)
}

# A setting that has acted on this volume already is refuse from then on. Another one acts anew.
again=""
if [ "$choice" != refuse ] && [ "$(cat "$spent" 2> /dev/null)" = "$choice" ]; then
  again=" ($choice has acted already: deploy with refuse first)"
  choice=refuse
else
  rm -f "$spent" || true
fi
rm -rf "$PGDATA.dropped" || true

# Another user's data can't be read, and looks like none.
if [ -d "$PGDATA" ] && [ "$(stat -c %u "$PGDATA")" != "$(id -u)" ]; then
  refuse "The volume has data that this PostgreSQL can't use: it belongs to user $(stat -c %u "$PGDATA"), and PostgreSQL runs as user $(id -u)." \
    "Set postgres.runAsUser to $(stat -c %u "$PGDATA")."
fi

# No data, or a first start that was interrupted: PostgreSQL's own entrypoint creates the database.
[ -s "$PGDATA/PG_VERSION" ] || start_postgres

data_version=$(cat "$PGDATA/PG_VERSION")
# 18.4 belongs to 18, and 9.6.24 to 9.6.
image_version=$(postgres --version | sed -n 's/^postgres (PostgreSQL) \([0-9.]*\).*/\1/p')
case "$image_version." in
  "$data_version".*) ;;
  .) unchecked "\`postgres --version\` tells no version." ;;
  *)
    unusable "PostgreSQL $data_version has written it, and the image has $image_version" \
      "Set postgres.image to an image of PostgreSQL $data_version" ;;
esac

# A server that only this pod reaches: by its socket without a password, by TCP with one.
mkdir -p -m 700 "$files"
printf '%s\n' 'local all all trust' 'host all all 127.0.0.1/32 password' > "$files/hba.conf"
trap stop_server EXIT
trap 'exit 143' INT TERM
options="-c listen_addresses=127.0.0.1 -c unix_socket_directories=$files -c hba_file=$files/hba.conf -c lc_messages=C"
if ! quiet pg_ctl --pgdata "$PGDATA" --wait --timeout 300 --log "$log" -o "$options" start; then
  unchecked "PostgreSQL doesn't start on it here, and says why when it starts next."
fi

if ! error=$(echo "SELECT 1" | as_superuser 2>&1 > /dev/null); then
  case $error in
    *"role \"$POSTGRES_USER\" does not exist"*)
      unusable "it has no user \"$POSTGRES_USER\"" "Set postgres.user to the user that it was created with" ;;
    *) unchecked "$error" ;;
  esac
fi

# Warnings, such as one of a collation's version, are no part of the answer.
if ! found=$(echo "SELECT count(*) FROM pg_database WHERE datname = :'database';" |
  as_superuser -v database="$POSTGRES_DB" 2> "$files/error"); then
  unchecked "$(cat "$files/error")"
fi
case $found in
  1) ;;
  0) unusable "it has no database \"$POSTGRES_DB\"" "Set postgres.database to the database that it was created with" ;;
  *) unchecked "the number of databases \"$POSTGRES_DB\" is \"$found\"." ;;
esac

if opens; then start_postgres; fi
case $error in
  *"password authentication failed"*) ;;
  *) unchecked "$error" ;;
esac

case $choice in
  keep)
    # psql takes the password from its own environment: the arguments of a process can be seen.
    if ! error=$(printf '%s\n' '\set password `printf %s "$POSTGRES_PASSWORD"`' \
      "ALTER ROLE :\"user\" PASSWORD :'password';" | as_superuser -v user="$POSTGRES_USER" 2>&1); then
      refuse "The user \"$POSTGRES_USER\" can't be given the password of this stack: $error." "The data is unchanged."
    fi
    opens || refuse "The user \"$POSTGRES_USER\" has a new password, but the database \"$POSTGRES_DB\" still doesn't open: $error." \
      "Look into the log of this pod."
    echo "Kept the data in the volume, and gave its user \"$POSTGRES_USER\" the password of this stack." >&2
    start_postgres ;;
  drop) drop_data "it has another password" ;;
  *)
    refuse "The volume has data of an earlier database, and the password of this stack doesn't open it. The data is unchanged." \
      "Set postgres.existingData to keep, which gives the data the password of this stack, or to drop, which deletes the data$again." ;;
esac
