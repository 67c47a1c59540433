FROM busybox
RUN mkdir /app/data
