from http.server import BaseHTTPRequestHandler, HTTPServer

from packages.paint import bold


class Page(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Type", "text/plain; charset=utf-8")
        self.end_headers()
        self.wfile.write(f"{bold('첫 글')}\n".encode())


HTTPServer(("", 8000), Page).serve_forever()
