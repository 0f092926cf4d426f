# shellcheck shell=sh
# Runs before PostgreSQL in its pod. Checks that the data in the volume, if there is any, can be used: that it
# belongs to this user and this major version, and that POSTGRES_PASSWORD opens the database POSTGRES_DB as
# POSTGRES_USER. Without this, an old volume with a new password shows as failed logins everywhere else.
#
# EXISTING_DATA says what to do with data that can't be used:
#   refuse  end with one message, and change nothing
#   keep    give the user the password of this stack
#   drop    delete the data, so that PostgreSQL creates a new database
set -eu

files=/tmp/check-data
log="$files/server.log"

quiet() {
  "$@" > /dev/null 2>&1
}

stop_server() {
  quiet pg_ctl --pgdata "$PGDATA" --mode fast --wait stop || true
  rm -rf "$files"
}

# Ends with a message. The kubelet shows it as the reason why the pod doesn't start.
refuse() {
  echo "$1 $2" >&2
  exit 1
}

# Handles data that can't be used, other than by a wrong password.
unusable() {
  if [ "$EXISTING_DATA" != drop ]; then
    refuse "The volume has data that this PostgreSQL can't use: $1." "$2, or set postgres.existingData to drop, which deletes the data."
  fi
  stop_server
  echo "Deleting the data in the volume, because $1 and postgres.existingData is drop." >&2
  rm -rf "$PGDATA"
  exit 0
}

sql() {
  psql --no-psqlrc --no-password --quiet --tuples-only --no-align -v ON_ERROR_STOP=1 "$@"
}

as_superuser() {
  sql --host "$files" --username "$POSTGRES_USER" --dbname template1
}

opens() {
  PGPASSWORD="$POSTGRES_PASSWORD" quiet sql --host 127.0.0.1 --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" \
    --command "SELECT 1"
}

# Another user's data can't be read, and looks like none.
if [ -d "$PGDATA" ] && [ "$(stat -c %u "$PGDATA")" != "$(id -u)" ]; then
  refuse "The volume has data that this PostgreSQL can't use: it belongs to user $(stat -c %u "$PGDATA"), and PostgreSQL runs as user $(id -u)." \
    "Set postgres.runAsUser to $(stat -c %u "$PGDATA")."
fi

# No data, or a first start that was interrupted: PostgreSQL's own entrypoint creates the database.
[ -s "$PGDATA/PG_VERSION" ] || exit 0

data_version=$(cat "$PGDATA/PG_VERSION")
image_version=$(postgres --version | sed -n 's/^postgres (PostgreSQL) \([0-9]*\).*/\1/p')
[ "$data_version" = "$image_version" ] ||
  unusable "PostgreSQL $data_version has written it, and the image has $image_version" \
    "Set postgres.image to an image of PostgreSQL $data_version"

# A server that only this pod reaches: by its socket without a password, by TCP with one.
mkdir -p -m 700 "$files"
printf '%s\n' 'local all all trust' 'host all all 127.0.0.1/32 password' > "$files/hba.conf"
trap stop_server EXIT
trap 'exit 143' INT TERM
options="-c listen_addresses=127.0.0.1 -c unix_socket_directories=$files -c hba_file=$files/hba.conf"
if ! quiet pg_ctl --pgdata "$PGDATA" --wait --timeout 300 --log "$log" -o "$options" start; then
  echo "This data can't be checked: PostgreSQL doesn't start on it here, and says why when it starts next." >&2
  exit 0
fi

if ! error=$(echo "SELECT 1" | as_superuser 2>&1 > /dev/null); then
  case $error in
    *"role \"$POSTGRES_USER\" does not exist"*)
      unusable "it has no user \"$POSTGRES_USER\"" "Set postgres.user to the user that it was created with" ;;
    *) refuse "The data in the volume can't be checked: $error." "Correct this, and start the pod again." ;;
  esac
fi

found=$(printf '%s\n' '\getenv database POSTGRES_DB' \
  "SELECT count(*) FROM pg_database WHERE datname = :'database';" | as_superuser)
[ "$found" = 1 ] ||
  unusable "it has no database \"$POSTGRES_DB\"" "Set postgres.database to the database that it was created with"

if opens; then exit 0; fi

case $EXISTING_DATA in
  keep)
    printf '%s\n' '\getenv user POSTGRES_USER' '\getenv password POSTGRES_PASSWORD' \
      "ALTER ROLE :\"user\" PASSWORD :'password';" | as_superuser
    opens || refuse "The user \"$POSTGRES_USER\" has a new password, but the database \"$POSTGRES_DB\" still doesn't open." \
      "Look into the log of this pod."
    echo "Kept the data in the volume, and gave its user \"$POSTGRES_USER\" the password of this stack." >&2 ;;
  drop) unusable "it has another password" "" ;;
  *)
    refuse "The volume has data of an earlier database, and the password of this stack doesn't open it. The data is unchanged." \
      "Set postgres.existingData to keep, which gives the data the password of this stack, or to drop, which deletes the data." ;;
esac
