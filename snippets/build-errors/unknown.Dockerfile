FORM busybox
CMD ["echo", "hello"]
