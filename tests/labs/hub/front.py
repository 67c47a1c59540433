"""The side of a registry that Docker engines see, as Docker Hub shows it: a token first, then manifests and blobs.

A request ──Registry.answer──> an answer. What it serves comes from a subclass: `cache.py` (what Docker Hub has) or
`hub.py` (stand-ins). It runs in a container with nothing but Python.

Docker Hub's words, as others have seen them: who has no token, and who has one that isn't good for the repository,
gets a 401 with a challenge, the second with error="insufficient_scope" (distribution/distribution#1676, #2476;
goharbor/harbor#714 for the body). A token is given for a repository that isn't there as well, without access
(distribution/distribution#1203). Of that, engines make "pull access denied for …, repository does not exist or may
require 'docker login'".
"""

from __future__ import annotations

import base64
import binascii
import json
import re
import shutil
import ssl
import sys
import time
import traceback
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

REALM = "https://auth.docker.io/token"
SERVICE = "registry.docker.io"
CERTIFICATE, KEY = "/etc/mirror/cert.pem", "/etc/mirror/key.pem"
NAME = r"(?P<name>[a-z0-9]+(?:(?:[._/]|__|-+)[a-z0-9]+)*)"
CONTENT = re.compile(
    rf"/v2/{NAME}/(?P<kind>manifests|blobs)/(?P<reference>\w[\w.-]{{0,127}}|sha256:[0-9a-f]{{64}})", re.A
)
UPLOAD = re.compile(rf"/v2/{NAME}/(?:blobs/uploads|manifests)/")
DIGEST = re.compile(r"sha256:[0-9a-f]{64}")
RANGE = re.compile(r"bytes=(\d+)-(\d*)")
ABSENT = (401, 403, 404)  # what is said of an image that isn't there, or not for everybody
IDLE = 60  # seconds that a connection may be silent


@dataclass(frozen=True)
class Request:
    method: str
    host: str
    path: str
    query: Mapping[str, list[str]]
    authorization: str  # the header, or ''
    who: str  # the address that asks


@dataclass(frozen=True)
class Answer:
    status: int
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    file: Path | None = None  # its content is the body


def error(status: int, code: str, message: str, detail: object = None, **headers: str) -> Answer:
    """What a registry answers instead of content; header names are written with `_` for `-`."""
    body = json.dumps({"errors": [{"code": code, "message": message, "detail": detail}]}).encode()
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Answer(status, body, {"content-type": "application/json", **named})


def challenge(name: str = "", actions: str = "pull", problem: str = "") -> Answer:
    """The 401 that says where to get a token, and for what; `problem` is what is wrong with the one that was sent."""
    says = f'Bearer realm="{REALM}",service="{SERVICE}"'
    says += f',scope="repository:{name}:{actions}"' if name else ""
    says += f',error="{problem}"' if problem else ""
    wanted = [{"Type": "repository", "Class": "", "Name": name, "Action": action} for action in actions.split(",")]
    return error(401, "UNAUTHORIZED", "authentication required", wanted if name else None, www_authenticate=says)


class Registry:
    """Answers requests; the words are Docker Hub's, the content is a subclass's."""

    def __init__(self) -> None:
        self.missed: dict[tuple[str, str], float] = {}  # who asked, for which image -> when (monotonic seconds)
        self.named: dict[str, str] = {}  # library/nginx:latest -> its digest; as long as this runs, the same

    def manifest(self, request: Request, name: str, reference: str) -> Answer:
        raise NotImplementedError

    def blob(self, request: Request, name: str, digest: str) -> Answer:
        raise NotImplementedError

    def grants(self, name: str) -> bool:
        """Whether a token is good for pulling from this repository."""
        return True

    def knows(self, user: str, password: str) -> bool:
        """Whether somebody may log in so."""
        return False

    def other(self, request: Request) -> Answer:
        """What is no part of the registry's interface."""
        return error(404, "UNSUPPORTED", f"nothing is at {request.path}")

    def answer(self, request: Request) -> Answer:
        """The answer; /missing says which images the lab that asks has asked for, and that are not there; /named
        which digests tags have."""
        if request.path == "/missing":
            return self.missing(request.who)
        if request.path == "/named":
            return Answer(200, json.dumps(self.named).encode(), {"content-type": "application/json"})
        answer = self.answered(request)
        asked = CONTENT.fullmatch(request.path)
        # Who has no token yet is told only where to get one.
        if asked and asked["kind"] == "manifests" and request.authorization:
            self.note(request.who, asked["name"], asked["reference"], is_there=answer.status not in ABSENT)
        return answer

    def missing(self, who: str) -> Answer:
        """[["library/alpine:latest", seconds ago], ...] for the lab at `who`."""
        now = time.monotonic()
        mine = [(image, now - when) for (lab, image), when in list(self.missed.items()) if lab == who]
        return Answer(200, json.dumps(mine).encode(), {"content-type": "application/json"})

    def note(self, who: str, name: str, reference: str, *, is_there: bool) -> None:
        image = f"{name}@{reference}" if DIGEST.fullmatch(reference) else f"{name}:{reference}"
        if is_there:
            self.missed.pop((who, image), None)
        else:
            self.missed[who, image] = time.monotonic()

    def answered(self, request: Request) -> Answer:
        if request.path == "/token":
            return self.token(request)
        if not request.path.startswith("/v2/"):
            return self.other(request)
        scheme, _, sent = request.authorization.partition(" ")
        found = CONTENT.fullmatch(request.path)
        if request.method in ("GET", "HEAD") and (found or request.path == "/v2/"):
            name = found["name"] if found else ""
            if scheme != "Bearer":
                return challenge(name)
            if not found:
                return Answer(200, b"{}", {"content-type": "application/json"})
            if name not in opened(sent).get("access", []):
                return challenge(name, problem="insufficient_scope")
            if found["kind"] == "manifests":
                return self.manifest(request, name, found["reference"])
            return self.blob(request, name, found["reference"])
        upload = UPLOAD.match(request.path)
        if upload and request.method not in ("GET", "HEAD"):  # nobody may push
            return challenge(upload["name"], "pull,push", "insufficient_scope" if scheme == "Bearer" else "")
        return error(404, "UNSUPPORTED", "The operation is unsupported.")

    def token(self, request: Request) -> Answer:
        """A token with what it is good for written on it; nobody but this registry has to believe it."""
        user = ""
        scheme, _, sent = request.authorization.partition(" ")
        if scheme == "Basic":
            user, _, password = base64.b64decode(sent).decode().partition(":")
            if not self.knows(user, password):
                body = json.dumps({"details": "incorrect username or password"}).encode()
                return Answer(401, body, {"content-type": "application/json"})
        names = [
            scope.split(":")[1]
            for scopes in request.query.get("scope", [])
            for scope in scopes.split(" ")
            if scope.count(":") == 2
        ]
        says = {"user": user, "access": [name for name in names if self.grants(name)]}
        made = base64.urlsafe_b64encode(json.dumps(says).encode()).decode()
        body = json.dumps({"token": made, "access_token": made, "expires_in": 300}).encode()
        return Answer(200, body, {"content-type": "application/json"})


def opened(token: str) -> dict[str, list[str]]:
    """What a token of `Registry.token` says; nothing where it isn't one."""
    try:
        says = json.loads(base64.urlsafe_b64decode(token))
    except (ValueError, binascii.Error):
        return {}
    return says if isinstance(says, dict) else {}


class Handler(BaseHTTPRequestHandler):
    """HTTP in, HTTP out."""

    protocol_version = "HTTP/1.1"
    timeout = IDLE
    server: Server

    def handle_any(self) -> None:
        length = int(self.headers.get("content-length") or 0)
        self.rfile.read(min(length, 1 << 20))
        self.close_connection |= length > 1 << 20 or "transfer-encoding" in self.headers
        url = urlsplit(self.path)
        request = Request(
            self.command, (self.headers.get("host") or "").partition(":")[0], url.path, parse_qs(url.query),
            self.headers.get("authorization") or "", str(self.client_address[0]),
        )  # fmt: skip
        try:
            answer = self.server.registry.answer(request)
        except Exception as fault:
            traceback.print_exc()
            answer = error(500, "UNKNOWN", f"{type(fault).__name__}: {fault}")
        self.send(answer)

    do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = handle_any  # noqa: N815

    def send(self, answer: Answer) -> None:
        length = answer.file.stat().st_size if answer.file else len(answer.body)
        first, last = 0, length - 1
        partial = answer.file and RANGE.fullmatch(self.headers.get("range") or "")
        if partial and int(partial[1]) < length:
            first, last = int(partial[1]), min(int(partial[2] or last), last)
        self.send_response(206 if partial and last - first + 1 < length else answer.status)
        self.send_header("docker-distribution-api-version", "registry/2.0")
        for name, value in answer.headers.items():
            self.send_header(name, value)
        if partial:
            self.send_header("content-range", f"bytes {first}-{last}/{length}")
        if self.command != "HEAD" or "content-length" not in answer.headers:
            self.send_header("content-length", str(last - first + 1))
        self.end_headers()
        if self.command == "HEAD":
            return
        if answer.file and not partial:
            with answer.file.open("rb") as content:
                shutil.copyfileobj(content, self.wfile, 1 << 20)
        elif answer.file:
            with answer.file.open("rb") as content:
                content.seek(first)
                self.wfile.write(content.read(last - first + 1))
        else:
            self.wfile.write(answer.body)

    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002 (the base class's name)
        """Nothing: what is worth a line is written by the registry."""


class Server(ThreadingHTTPServer):
    """Serves a registry, a thread to a connection."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, registry: Registry, address: tuple[str, int], tls: ssl.SSLContext | None = None) -> None:
        super().__init__(address, Handler)
        self.registry, self.tls = registry, tls

    def finish_request(self, request: object, client_address: object) -> None:
        if self.tls is None:
            return super().finish_request(request, client_address)  # type: ignore[arg-type]
        request.settimeout(IDLE)  # type: ignore[attr-defined]
        with self.tls.wrap_socket(request, server_side=True) as wrapped:  # type: ignore[arg-type]
            return super().finish_request(wrapped, client_address)

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that went away is no error."""
        if not isinstance(sys.exception() if hasattr(sys, "exception") else sys.exc_info()[1], OSError):
            traceback.print_exc()


def serve(registry: Registry) -> None:
    """Serves on HTTPS, until the container ends."""
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(CERTIFICATE, KEY)
    with Server(registry, ("", 443), tls) as server:
        server.serve_forever()
