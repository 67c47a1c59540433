FROM busybox
RUN --mount=type=secret,id=token echo "downloading with $(cat /run/secrets/token)" > /dev/null
