FROM busybox
WORKDIR /app
COPY . .
RUN sh install.sh
CMD ["sh", "app.sh"]
