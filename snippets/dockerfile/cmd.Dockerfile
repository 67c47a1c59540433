FROM busybox
CMD ["echo", "안녕하세요"]
