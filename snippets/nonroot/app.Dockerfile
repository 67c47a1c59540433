FROM debian
RUN useradd --create-home --uid 10001 app
USER app
WORKDIR /home/app
CMD ["id", "-un"]
