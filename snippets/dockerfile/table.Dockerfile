FROM busybox AS cmd
CMD ["echo", "cmd"]

FROM busybox AS cmd-shell
CMD echo cmd

FROM busybox AS entry
ENTRYPOINT ["echo", "entry"]

FROM busybox AS entry-shell
ENTRYPOINT echo entry

FROM busybox AS entry-cmd
ENTRYPOINT ["echo", "entry"]
CMD ["cmd"]

FROM busybox AS entry-cmd-shell
ENTRYPOINT ["echo", "entry"]
CMD cmd

FROM busybox AS entry-shell-cmd
ENTRYPOINT echo entry
CMD ["cmd"]
