FROM busybox
SHELL ["/bin/sh", "-o", "pipefail", "-c"]
RUN cat /menu.txt | sort > /sorted.txt
