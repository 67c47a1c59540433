FROM busybox
COPY hello.txt /hello.txt
RUN echo world >> /hello.txt
