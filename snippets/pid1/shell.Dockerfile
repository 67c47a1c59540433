FROM busybox
CMD sleep 600; echo done
