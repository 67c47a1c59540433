import socket
from http.server import BaseHTTPRequestHandler, HTTPServer


def visits():
    try:
        with socket.create_connection(("cache", 6379)) as cache:
            cache.sendall(b"INCR visits\r\n")
            return cache.recv(64).decode().strip(":\r\n") + "번째 방문입니다."
    except OSError:
        return "방문 횟수를 적어 둘 곳이 없습니다."


class Page(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Type", "text/plain; charset=utf-8")
        self.end_headers()
        self.wfile.write(f"{visits()}\n".encode())


HTTPServer(("", 8000), Page).serve_forever()
