FROM busybox:lastest
