FROM busybox
COPY --from=python:3.14-slim /usr/share/zoneinfo/Asia/Seoul /usr/share/zoneinfo/Asia/Seoul
ENV TZ=Asia/Seoul
