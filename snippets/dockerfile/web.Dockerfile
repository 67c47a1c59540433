FROM busybox
WORKDIR /www
COPY index.html .
EXPOSE 8000
CMD ["httpd", "-f", "-p", "8000"]
