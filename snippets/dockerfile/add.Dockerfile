FROM busybox
COPY menu.tar.gz /copied/
ADD menu.tar.gz /added/
