FROM busybox
RUN cat /menu.txt | sort > /sorted.txt
