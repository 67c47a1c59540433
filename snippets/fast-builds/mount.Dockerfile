FROM busybox
WORKDIR /app
COPY deps.txt install.sh ./
RUN --mount=type=cache,target=/cache sh install.sh
COPY . .
CMD ["sh", "app.sh"]
