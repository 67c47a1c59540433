FROM busybox
WORKDIR /app
USER www-data
COPY index.html one.html
COPY --chown=www-data index.html two.html
CMD whoami; stat -c '%U %n' *
