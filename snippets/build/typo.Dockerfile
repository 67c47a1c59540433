FROM python:3.14-slim
WORKDIR /app
COPY app.py .
RUN pyton -m compileall app.py
CMD ["python", "app.py"]
