FROM python:3.14-slim
COPY ca.crt /usr/local/share/ca-certificates/company.crt
RUN update-ca-certificates
