from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

import guestbook


class Page(BaseHTTPRequestHandler):
    def do_GET(self):
        posts, source = guestbook.posts()
        lines = [f"방명록 {guestbook.VERSION}", *(f"- {post}" for post in posts), f"({source}에서 읽음)"]
        self.answer("\n".join(lines))

    def do_POST(self):
        form = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.answer(guestbook.add(parse_qs(form, keep_blank_values=True)["text"][0]))

    def answer(self, text):
        self.send_response(200)
        self.send_header("Content-Type", "text/plain; charset=utf-8")
        self.end_headers()
        self.wfile.write(f"{text}\n".encode())


guestbook.query("CREATE TABLE IF NOT EXISTS post (id serial PRIMARY KEY, text text NOT NULL)")
ThreadingHTTPServer(("", 8000), Page).serve_forever()
