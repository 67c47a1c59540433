FROM busybox AS exec
CMD ["echo", "$HOME"]

FROM busybox AS shell
CMD echo $HOME
