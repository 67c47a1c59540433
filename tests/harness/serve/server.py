"""The site in memory -> what a browser gets of it, and what it is told: over HTTP, on this machine alone.

Each page gets one script, browser.js: from this server, as the site's policy allows. It listens at /serve/events.
"""

from __future__ import annotations

import html
import json
import mimetypes
import socket
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Lock, Thread
from urllib.parse import parse_qsl, unquote, urlsplit
from zlib import crc32

_SCRIPT = "/serve/browser.js"
_EVENTS = "/serve/events"
_EMPTY = b"<!doctype html><title>...</title><body>The site is not built yet.</body>"
_SHOWN = (".html", ".css", ".js", ".svg")  # files that a page may show
_ALIVE = 15.0  # seconds after which an open page is told that there is nothing new
Message = Mapping[str, object]


class Site:
    """The site as it is now, and the browsers that have it open; `opened` is told which page a browser opens."""

    def __init__(self, opened: Callable[[str], object] = lambda page: None) -> None:
        self.files: Mapping[str, bytes] = {}
        self._opened = opened
        self._said: dict[str, Message] = {}  # the last word on each page
        self._browsers: list[SimpleQueue[Message]] = []
        self._lock = Lock()

    def show(self, files: Mapping[str, bytes]) -> None:
        """Shows other files from now on, and has the browsers load those of them anew that they have open."""
        before, self.files = self.files, files
        changed = [name for name, data in files.items() if before.get(name) != data and name.endswith(_SHOWN)]
        if changed:
            self._send({"changed": changed})

    def tell(self, page: str, outcome: str, text: str) -> None:
        """The last word on the page at an address below the site's; it stays until there is another."""
        with self._lock:
            self._said[page] = {"page": page, "outcome": outcome, "text": text}
        self._send(self._said[page])

    def _send(self, message: Message) -> None:
        with self._lock:
            for browser in self._browsers:
                browser.put(message)

    @contextmanager
    def browser(self, page: str, version: str) -> Iterator[SimpleQueue[Message]]:
        """What a browser is told that has that version of a page open, from the last word on each page on."""
        told: SimpleQueue[Message] = SimpleQueue()
        with self._lock:
            if version != version_of(self.files.get(page, b"")):
                told.put({"changed": [page]})
            for message in self._said.values():
                told.put(message)
            self._browsers.append(told)
        self._opened(page)
        try:
            yield told
        finally:
            with self._lock:
                self._browsers.remove(told)


def version_of(data: bytes) -> str:
    """What tells a file from what it was before."""
    return f"{crc32(data):08x}"


class _Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        asked = urlsplit(self.path)
        path = unquote(asked.path)
        with suppress(ConnectionError):  # a browser that goes away in the middle of an answer
            if path == _EVENTS:
                self._events(dict(parse_qsl(asked.query)))
            elif path == _SCRIPT:
                self._answer(200, "browser.js", Path(__file__).with_name("browser.js").read_bytes())
            else:
                self._file(path.removeprefix("/"))

    def _file(self, name: str) -> None:
        files = self.server.site.files
        name = name or "index.html"
        status = 200 if name in files else 404
        data = files.get(name, files.get("404.html", _EMPTY))
        if status == 404 or name.endswith(".html"):
            version = version_of(files.get(name, b""))  # of a page that isn't there: until it is
            script = f'<script defer src="{_SCRIPT}" data-page="{html.escape(name)}" data-version="{version}"></script>'
            data = data.replace(b"</body>", f"{script}</body>".encode())
            name = "page.html"
        self._answer(status, name, data)

    def _answer(self, status: int, name: str, data: bytes) -> None:
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        is_text = kind.startswith("text/") or kind.endswith(("javascript", "json", "xml"))
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8" if is_text else kind)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(data)

    def _events(self, asked: Mapping[str, str]) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream; charset=utf-8")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        with self.server.site.browser(asked.get("page", ""), asked.get("version", "")) as told:
            while True:
                try:
                    line = f"data: {json.dumps(told.get(timeout=_ALIVE), ensure_ascii=False)}"
                except Empty:
                    line = ":"
                self.wfile.write(f"{line}\n\n".encode())

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  (its name in the base class)
        pass


class Server(ThreadingHTTPServer):
    """Serves a Site."""

    daemon_threads = True

    def __init__(self, address: tuple[str, int], site: Site) -> None:
        self.address_family = socket.AF_INET6 if ":" in address[0] else socket.AF_INET
        super().__init__(address, _Handler)
        self.site = site


@contextmanager
def served(site: Site, host: str, port: int) -> Iterator[str]:
    """The address at which the site is served meanwhile. OSError where that can't be had."""
    with Server((host, port), site) as server:
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://{f'[{host}]' if ':' in host else host}:{server.server_port}/"
        finally:
            server.shutdown()
            thread.join()
