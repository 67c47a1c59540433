from http.server import BaseHTTPRequestHandler, HTTPServer

MENU = "오늘의 메뉴: 비빔밥"


class Page(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Type", "text/plain; charset=utf-8")
        self.end_headers()
        self.wfile.write(f"{MENU}\n".encode())


HTTPServer(("", 8000), Page).serve_forever()
