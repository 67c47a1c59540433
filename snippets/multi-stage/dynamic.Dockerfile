FROM gcc:15 AS build
COPY hello.c .
RUN gcc -o /hello hello.c

FROM scratch
COPY --from=build /hello /hello
CMD ["/hello"]
