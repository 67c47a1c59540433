import http.server
import urllib.request


class Proxy(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        with urllib.request.urlopen(self.path) as answer:
            self.send_response(answer.status)
            self.end_headers()
            self.wfile.write(answer.read())


http.server.ThreadingHTTPServer(("", 3128), Proxy).serve_forever()
