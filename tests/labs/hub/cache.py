"""The registry that labs take for Docker Hub in the lane `hub`: what Docker Hub has, each image fetched once and kept.

A lab asks for an image ──> the kept one, or Docker Hub's, which is kept. In the folder, which outlives the run:

    blobs/HEX             manifests, configurations, layers, by their digests
    types/HEX             a manifest's media type
    tags/NAME/TAG.json    what Docker Hub said of the tag: its digest, or its refusal; and when
    locks/                a file for each thing that is being fetched

A tag names the same image as long as this runs, so that all pages of a run have the same. One that was asked less than
a day ago is not asked again. An older one is asked with HEAD, which Docker Hub doesn't
count as a pull (docs.docker.com/docker-hub/usage/pulls), and fetched only if it has moved. Where Docker Hub gives
nothing (no network, its limit of pulls, a fault of its own) what is kept is served, however old.

Why not Debian's docker-registry as a pull-through proxy: 2.8.3, tried against labs/hub/hub.py, makes 404 `manifest
unknown` of Docker Hub's 401 and 500 `unknown error` of its 429 (so distribution/distribution#3842, #4477 as well), so
that neither a page nor a run can say what is wrong; it asks Docker Hub at every pull; and where Docker Hub can't be
reached when it starts it ends at once.
"""

from __future__ import annotations

import base64
import fcntl
import hashlib
import json
import os
import re
import ssl
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.client import HTTPException, HTTPResponse
from pathlib import Path
from threading import get_ident
from typing import Any
from urllib.error import HTTPError
from urllib.parse import quote, urlencode

from labs.hub.front import ABSENT, DIGEST, Answer, Registry, Request, error, serve

HUB = "https://registry-1.docker.io"
FOLDER = Path("/var/lib/mirror")
LOGIN = Path("/etc/mirror/login.json")
FRESH = 24 * 3600  # seconds in which a tag isn't asked again
QUIET = 60  # seconds in which Docker Hub isn't asked again after it refused a pull, or could not be reached
PATIENCE = 20  # seconds of silence
FULL = 507  # the status of what is refused here, by us, for want of room
MOST = 60 << 30  # bytes that are kept: pages ask for what they like, and the disk is the outer engine's
TRIES = 3  # to fetch a blob whose connection breaks
ACCEPT = ", ".join(
    [
        "application/vnd.oci.image.index.v1+json",
        "application/vnd.docker.distribution.manifest.list.v2+json",
        "application/vnd.oci.image.manifest.v1+json",
        "application/vnd.docker.distribution.manifest.v2+json",
    ]
)
VERBATIM = ("content-type", "www-authenticate", "retry-after", "ratelimit-limit", "ratelimit-remaining")
WAY_OUT = "wait (six hours at most), or log in with `docker login` where the run was started; what was pulled is kept"


class UnreachableError(Exception):
    """Nothing at the other end of the network answers."""


class BrokenOffError(UnreachableError):
    """It began to answer, and what came isn't whole."""


class RefusedError(Exception):
    """Docker Hub answers, but doesn't give what was asked for. `settled`: because of what was asked for."""

    def __init__(self, answer: Answer, *, settled: bool = False) -> None:
        self.answer, self.settled = answer, settled
        super().__init__(said(answer))


def said(answer: Answer) -> str:
    """`429 toomanyrequests: You have reached …`, for an answer that is an error."""
    try:
        first = json.loads(answer.body)["errors"][0]
        return f"{answer.status} {first['code'].lower()}: {first['message']}"
    except (ValueError, LookupError, TypeError, AttributeError):
        return f"{answer.status} {answer.body[:200].decode(errors='replace')}".rstrip()


class Upstream:
    """Docker Hub, or whatever answers in its name."""

    def __init__(self, address: str = HUB, login: Mapping[str, str] | None = None) -> None:
        self.address, self.login = address, login
        self._tokens: dict[str, tuple[str, float]] = {}  # repository -> token, until when

    def reach(self) -> None:
        """UnreachableError unless it answers."""
        self._open("GET", f"{self.address}/v2/", {}, 5).close()

    @contextmanager
    def ask(self, method: str, name: str, path: str) -> Iterator[HTTPResponse]:
        """Its answer, whatever it is, to a request that carries a token where it wants one."""
        url = f"{self.address}/v2/{quote(name)}/{path}"
        token, until = self._tokens.get(name, ("", 0.0))
        response = self._open(method, url, bearer(token if time.time() < until else ""))
        if response.status == 401:
            response.close()
            self._tokens[name] = self._token(response.headers.get("www-authenticate") or "")
            response = self._open(method, url, bearer(self._tokens[name][0]))
        with response:
            try:
                yield response
            except (OSError, HTTPException) as fault:
                raise BrokenOffError(str(fault)) from fault

    def _token(self, wanted: str) -> tuple[str, float]:
        """A token for what the challenge wants, as the account where there is a login, and when it ends."""
        asked = dict(re.findall(r'(\w+)="([^"]*)"', wanted))
        url = f"{asked.get('realm')}?{urlencode({key: asked[key] for key in ('service', 'scope') if key in asked})}"
        headers = {}
        if self.login:
            account = f"{self.login['username']}:{self.login['password']}"
            headers["Authorization"] = f"Basic {base64.b64encode(account.encode()).decode()}"
        with self._open("GET", url, headers) as response:
            body = response.read()
            if response.status != 200:
                raise RefusedError(Answer(response.status, body, verbatim(response)))
        given = json.loads(body)
        return given.get("token") or given["access_token"], time.time() + given.get("expires_in", 60) * 0.8

    def _open(self, method: str, url: str, headers: Mapping[str, str], patience: int = PATIENCE) -> HTTPResponse:
        request = urllib.request.Request(url, method=method, headers={"Accept": ACCEPT, "User-Agent": "docker-note"})  # noqa: S310
        for name, value in headers.items():
            request.add_unredirected_header(name, value)  # a token is not for the host that has the blobs
        try:
            opened: HTTPResponse = urllib.request.urlopen(request, timeout=patience)  # noqa: S310
        except HTTPError as answered:  # 4xx and 5xx are answers
            return answered  # type: ignore[return-value]
        except (OSError, HTTPException, ValueError) as fault:
            reason = getattr(fault, "reason", fault)
            if isinstance(reason, ssl.SSLCertVerificationError):
                reason = reason.verify_message
            raise UnreachableError(str(reason)) from fault
        return opened


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"} if token else {}


def verbatim(response: HTTPResponse) -> dict[str, str]:
    return {name: value for name in VERBATIM if (value := response.headers.get(name))}


class Cache(Registry):
    """What Docker Hub has, kept in `folder`. Several may share it, in one process or more."""

    def __init__(
        self, folder: Path, upstream: Upstream, now: Callable[[], float] = time.time, most: int = MOST
    ) -> None:
        super().__init__()
        self.folder, self.upstream, self.now, self.most = folder, upstream, now, most
        self._refusals: dict[tuple[str, str], str] = {}  # who asked, for what -> why it was not given
        self._quiet: tuple[float, Exception] = (0.0, Exception())  # until when Docker Hub isn't asked, and why
        for kind in ("blobs", "types", "tags", "locks"):
            (folder / kind).mkdir(parents=True, exist_ok=True)

    # -- what labs ask

    def manifest(self, request: Request, name: str, reference: str) -> Answer:
        answer = self._given(request, name, reference, self._by_digest if DIGEST.fullmatch(reference) else self._by_tag)
        if answer.status == 429 and request.method == "HEAD":
            return self._looked_at(name, reference, answer)
        return answer

    def blob(self, request: Request, name: str, digest: str) -> Answer:
        if not DIGEST.fullmatch(digest):
            return error(404, "BLOB_UNKNOWN", "blob unknown to registry", {"digest": digest})
        return self._given(request, name, digest, self._blob)

    def other(self, request: Request) -> Answer:
        """/refusals: what Docker Hub did not give to the lab that asks, and why; told once."""
        if request.path != "/refusals":
            return super().other(request)
        mine = [key for key in list(self._refusals) if key[0] == request.who]
        return Answer(200, "\n".join(filter(None, (self._refusals.pop(key, "") for key in mine))).encode())

    def _given(self, request: Request, name: str, reference: str, find: Callable[[str, str], Answer]) -> Answer:
        """What `find` finds; if it can't, that is remembered for the lab that asks, and told to its engine."""
        image = f"{name}@{reference}" if DIGEST.fullmatch(reference) else f"{name}:{reference}"
        try:
            with self._alone(reference if DIGEST.fullmatch(reference) else image):
                answer = find(name, reference)
        except RefusedError as refused:
            self._refusals[request.who, image] = self._reason(image, refused)
            return refused.answer
        except UnreachableError as fault:
            reason = self._refusals[request.who, image] = self._reason(image, fault)
            return error(503, "UNAVAILABLE", reason)
        self._refusals.pop((request.who, image), None)
        return answer

    def _reason(self, image: str, fault: Exception) -> str:
        shown = image.removeprefix("library/").partition("@")[0]
        if isinstance(fault, RefusedError):
            if fault.answer.status == FULL:
                return f"there is no room to keep {shown} ({fault}): `python3 noxfile.py -s clean` makes some"
            if fault.answer.status == 429:
                return f"Docker Hub's limit of pulls is reached, at {shown} ({fault}): {WAY_OUT}"
            return f"Docker Hub does not give {shown} ({fault})"
        return f"{shown} is not kept here, and Docker Hub can't be reached ({fault})"

    # -- what is kept, and what is fetched

    def _by_tag(self, name: str, tag: str) -> Answer:
        image = f"{name}:{tag}"
        told = {"digest": self.named[image]} if image in self.named else self._told(name, tag)
        if "digest" in told:
            self.named[image] = told["digest"]
        return self._kept(told)

    def _told(self, name: str, tag: str) -> dict[str, Any]:
        """What Docker Hub says of the tag, or has said."""
        kept = self._read_tag(name, tag)
        if kept and self.now() - kept["checked"] < FRESH:
            return kept
        try:
            if kept and "digest" in kept and self._still(name, tag, kept["digest"]):
                told = {**kept, "checked": self.now()}
            else:
                told = self._fetch_tag(name, tag)
        except (RefusedError, UnreachableError):
            if kept:
                return kept
            raise
        path = self._tag_path(name, tag)
        path.parent.mkdir(parents=True, exist_ok=True)
        write(path, json.dumps(told).encode())
        return told

    def _still(self, name: str, tag: str, digest: str) -> bool:
        """Whether Docker Hub's tag is still the one that is kept."""
        with self._asking(), self.upstream.ask("HEAD", name, f"manifests/{tag}") as response:
            return response.status == 200 and response.headers.get("docker-content-digest") == digest

    def _looked_at(self, name: str, reference: str, refused: Answer) -> Answer:
        """Where pulls are refused Docker Hub still shows what is there; what an engine says hangs on that."""
        try:
            with self._asking(), self.upstream.ask("HEAD", name, f"manifests/{reference}") as response:
                shown = ("content-length", "docker-content-digest")
                headers = {header: response.headers[header] for header in shown if header in response.headers}
                return Answer(response.status, headers={**verbatim(response), **headers})
        except (RefusedError, UnreachableError):
            return refused

    def _fetch_tag(self, name: str, tag: str) -> dict[str, Any]:
        try:
            return {"digest": self._fetch_manifest(name, tag), "checked": self.now()}
        except RefusedError as refused:
            if not refused.settled:
                raise
            answer = refused.answer
            body = base64.b64encode(answer.body).decode()
            return {"status": answer.status, "headers": dict(answer.headers), "body": body, "checked": self.now()}

    def _by_digest(self, name: str, digest: str) -> Answer:
        if not (self.folder / "types" / digest[7:]).exists():
            try:
                self._fetch_manifest(name, digest)
            except RefusedError as refused:
                if not refused.settled:
                    raise
                return refused.answer
        return self._kept({"digest": digest})

    def _kept(self, told: Mapping[str, Any]) -> Answer:
        """What is served of a tag, or of a manifest."""
        if "digest" not in told:
            headers = told["headers"]
            assert isinstance(headers, dict)
            return Answer(int(str(told["status"])), base64.b64decode(str(told["body"])), headers)
        digest = str(told["digest"])
        kind = (self.folder / "types" / digest[7:]).read_text()
        headers = {"content-type": kind, "docker-content-digest": digest, "etag": f'"{digest}"'}
        return Answer(200, headers=headers, file=self.folder / "blobs" / digest[7:])

    def _fetch_manifest(self, name: str, reference: str) -> str:
        """Fetches and keeps a manifest: its digest. RefusedError, UnreachableError."""
        with self._asking(pull=True), self.upstream.ask("GET", name, f"manifests/{reference}") as response:
            body = response.read()
            answer = Answer(response.status, body, verbatim(response))
            if response.status != 200:
                raise RefusedError(answer, settled=response.status in ABSENT)
        digest = f"sha256:{hashlib.sha256(body).hexdigest()}"
        if DIGEST.fullmatch(reference) and digest != reference:
            raise BrokenOffError(f"what came as {reference} is {digest}")
        write(self.folder / "blobs" / digest[7:], body)
        write(self.folder / "types" / digest[7:], answer.headers["content-type"].encode())
        return digest

    def _blob(self, name: str, digest: str) -> Answer:
        path = self.folder / "blobs" / digest[7:]
        for last in [False] * (TRIES - 1) + [True]:
            if path.exists():
                break
            try:
                self._fetch_blob(name, digest, path)
            except BrokenOffError:
                if last:
                    raise
        headers = {"content-type": "application/octet-stream", "docker-content-digest": digest, "etag": f'"{digest}"'}
        return Answer(200, headers=headers, file=path)

    def _fetch_blob(self, name: str, digest: str, path: Path) -> None:
        """Fetches and keeps a blob; what is there is whole."""
        part = path.with_suffix(".part")
        state = hashlib.sha256()
        room = self.most - sum(kept.stat().st_size for kept in (self.folder / "blobs").iterdir())
        with self._asking(), self.upstream.ask("GET", name, f"blobs/{digest}") as response:
            if response.status != 200:
                raise RefusedError(Answer(response.status, response.read(), verbatim(response)))
            with part.open("wb") as file:
                while data := response.read(1 << 20):
                    if (room := room - len(data)) < 0:
                        part.unlink()
                        raise RefusedError(error(FULL, "UNAVAILABLE", f"no more than {self.most} bytes are kept"))
                    state.update(data)
                    file.write(data)
        if f"sha256:{state.hexdigest()}" != digest:
            raise BrokenOffError(f"what came as {digest} is sha256:{state.hexdigest()}")
        part.replace(path)

    @contextmanager
    def _asking(self, *, pull: bool = False) -> Iterator[None]:
        """Around a request to Docker Hub: none is made for a while after nobody was there, and no `pull`, which is
        what Docker Hub counts, after it refused one.
        """
        until, why = self._quiet
        if self.now() < until and (pull or isinstance(why, UnreachableError)):
            raise why
        try:
            yield
        except RefusedError as refused:
            if refused.answer.status == 429:
                self._quiet = (self.now() + QUIET, refused)
            raise
        except BrokenOffError:
            raise
        except UnreachableError as fault:
            self._quiet = (self.now() + QUIET, fault)
            raise

    @contextmanager
    def _alone(self, key: str) -> Iterator[None]:
        """Whoever else wants the same waits, and finds it there."""
        with (self.folder / "locks" / hashlib.sha256(key.encode()).hexdigest()[:16]).open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _tag_path(self, name: str, tag: str) -> Path:
        return self.folder / "tags" / quote(name) / f"{quote(tag)}.json"

    def _read_tag(self, name: str, tag: str) -> dict[str, Any] | None:
        try:
            kept = json.loads(self._tag_path(name, tag).read_bytes())
        except (OSError, ValueError):
            return None
        return kept if isinstance(kept, dict) else None

    def state(self) -> dict[str, Any]:
        """For the run: why Docker Hub can't be reached ('' where it can), how many images are kept, since when."""
        why = ""
        try:
            self.upstream.reach()
        except UnreachableError as fault:
            why = str(fault)
        tags = [json.loads(path.read_bytes()) for path in (self.folder / "tags").rglob("*.json")]
        checked = [tag["checked"] for tag in tags if "digest" in tag]
        since = time.strftime("%Y-%m-%d", time.gmtime(min(checked))) if checked else ""
        return {"unreachable": why, "images": len(checked), "since": since}


def write(path: Path, data: bytes) -> None:
    """Whole or not at all."""
    part = path.with_name(f".{path.name}.{os.getpid()}.{get_ident()}")
    part.write_bytes(data)
    part.replace(path)


if __name__ == "__main__":
    cache = Cache(FOLDER, Upstream(HUB, json.loads(LOGIN.read_text()) if LOGIN.exists() else None))
    if sys.argv[1:] == ["--state"]:
        print(json.dumps(cache.state()))
    else:
        serve(cache)
