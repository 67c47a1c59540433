FROM busybox
ENV LOG_LEVEL=warn
CMD ["sh", "-c", "echo level: $LOG_LEVEL"]
