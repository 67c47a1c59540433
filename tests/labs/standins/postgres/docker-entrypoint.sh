#!/bin/bash
# What the official one (github.com/docker-library/postgres) does for a first start: makes the database folder, with the
# user, password and database of the environment, runs what lies in /docker-entrypoint-initdb.d, then the server.
set -e

refuse() {
    cat >&2 <<'TOLD'
Error: Database is uninitialized and superuser password is not specified.
       You must specify POSTGRES_PASSWORD to a non-empty value for the
       superuser. For example, "-e POSTGRES_PASSWORD=password" on "docker run".

       You may also use "POSTGRES_HOST_AUTH_METHOD=trust" to allow all
       connections without a password. This is *not* recommended.

       See PostgreSQL documentation about "trust":
       https://www.postgresql.org/docs/current/auth-trust.html
TOLD
    exit 1
}

from_file() { # NAME_FILE holds what NAME is to be
    local file=$1_FILE
    [ -z "${!file}" ] || export "$1=$(< "${!file}")"
}

prepare() {
    for name in POSTGRES_PASSWORD POSTGRES_USER POSTGRES_DB; do from_file "$name"; done
    local user=${POSTGRES_USER:-postgres} method=${POSTGRES_HOST_AUTH_METHOD:-scram-sha-256}
    local database=${POSTGRES_DB:-$user} query=(psql -v ON_ERROR_STOP=1 --no-psqlrc --username "$user")
    [ -n "$POSTGRES_PASSWORD" ] || [ "$method" = trust ] || refuse
    initdb --username="$user" --pwfile=<(printf '%s\n' "$POSTGRES_PASSWORD") --auth-local=trust --auth-host="$method"
    printf '\nhost all all all %s\n' "$method" >> "$PGDATA/pg_hba.conf"
    pg_ctl -D "$PGDATA" -o "-c listen_addresses=''" -w start
    if [ "$database" != postgres ]; then
        "${query[@]}" --dbname postgres --set db="$database" <<< 'CREATE DATABASE :"db" ;'
    fi
    for file in /docker-entrypoint-initdb.d/*; do
        case $file in
            *.sh) echo "$0: running $file" && bash "$file" ;;
            *.sql) echo "$0: running $file" && "${query[@]}" --dbname "$database" --file "$file" ;;
        esac
    done
    pg_ctl -D "$PGDATA" -m fast -w stop
    printf '\nPostgreSQL init process complete; ready for start up.\n\n'
}

case $1 in -*) set -- postgres "$@" ;; esac
if [ "$1" = postgres ] && [ "$(id -u)" = 0 ]; then
    mkdir -p "$PGDATA" && chmod 700 "$PGDATA" && chown -R postgres:postgres /var/lib/postgresql
    exec setpriv --reuid=postgres --regid=postgres --init-groups "$0" "$@"
fi
if [ "$1" = postgres ] && [ ! -s "$PGDATA/PG_VERSION" ]; then
    prepare
elif [ "$1" = postgres ]; then
    printf '\nPostgreSQL Database directory appears to contain a database; Skipping initialization\n\n'
fi
exec "$@"
