#!/bin/sh
# As the official one: options alone mean the server's, which runs as `redis`; and it lets other containers in, which
# the official server is built to do.
case $1 in -* | *.conf) set -- redis-server "$@" ;; esac
if [ "$1" = redis-server ]; then
    set -- "$@" --protected-mode no
    [ "$(id -u)" = 0 ] && exec setpriv --reuid=redis --regid=redis --clear-groups "$@"
fi
exec "$@"
