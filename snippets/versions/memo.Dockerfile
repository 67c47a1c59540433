FROM busybox
RUN echo hello > /memo
