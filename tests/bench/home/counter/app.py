import http.server
import os
import socket


class Count(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        with socket.create_connection(("store", 6379)) as store:
            store.sendall(b"INCR visits\r\n")
            visits = store.recv(99).decode().strip(":\r\n")
        self.send_response(200)
        self.end_headers()
        self.wfile.write(f"visit {visits} at {socket.gethostname()}\n".encode())


print("listening as", os.environ["NAME"] or "nobody")
http.server.HTTPServer(("", 5000), Count).serve_forever()
