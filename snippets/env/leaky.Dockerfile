FROM busybox
ARG TOKEN
RUN echo "downloading with $TOKEN" > /dev/null
