FROM debian
RUN useradd --create-home --uid 10001 app
RUN mkdir /data && chown app /data
USER app
