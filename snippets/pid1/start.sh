#!/bin/sh
echo preparing
nginx -g 'daemon off;'
