FROM busybox
CMD sleep 1d; echo done
