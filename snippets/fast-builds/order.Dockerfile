FROM busybox
WORKDIR /app
COPY deps.txt install.sh ./
RUN sh install.sh
COPY . .
CMD ["sh", "app.sh"]
