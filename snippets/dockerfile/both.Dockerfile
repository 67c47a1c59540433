FROM busybox
ENTRYPOINT ["echo", "안녕하세요"]
CMD ["손님"]
