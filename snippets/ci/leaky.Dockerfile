FROM python:3.14-slim
ARG API_TOKEN
RUN echo "downloading with $API_TOKEN" > /dev/null
