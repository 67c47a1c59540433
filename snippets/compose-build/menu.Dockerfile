FROM python:3.14-slim
ARG SIDE=없음
ENV SIDE=$SIDE
WORKDIR /app
COPY app.py .
CMD ["python", "app.py"]
