FROM gcc:15
COPY hello.c .
RUN gcc -static -o /hello hello.c
CMD ["/hello"]
