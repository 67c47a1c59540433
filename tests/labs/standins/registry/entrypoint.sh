#!/bin/sh
# As the official one: a configuration alone, or a word for the registry, means the registry.
case $1 in
    *.yaml | *.yml) set -- registry serve "$@" ;;
    serve | garbage-collect | help | -*) set -- registry "$@" ;;
esac
exec "$@"
