FROM busybox
ARG VERSION=1
ENV LEVEL=info
RUN echo "만들 때: $VERSION $LEVEL" > /built
CMD cat /built; echo "실행할 때: $VERSION $LEVEL"
