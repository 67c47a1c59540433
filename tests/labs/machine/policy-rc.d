#!/bin/sh
# No package starts its service by itself: start-engine does it, for the engine only.
exit 101
