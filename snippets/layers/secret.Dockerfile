FROM busybox
RUN echo s3cret > /key.txt
RUN rm /key.txt
