FROM busybox
RUN cd /tmp
RUN pwd > /first
WORKDIR /app
WORKDIR data
RUN pwd > /second
CMD cat /first /second; pwd
