FROM python:3.14
WORKDIR /app
COPY . .
CMD ["python", "app.py"]
