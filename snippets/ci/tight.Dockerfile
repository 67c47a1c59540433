FROM python:3.14-slim
RUN --mount=type=secret,id=api_token echo "downloading with $(cat /run/secrets/api_token)" > /dev/null
