"""A registry that answers as Docker Hub does, with the stand-ins under the names they stand for.

In the lane `standin` it is the mirror itself. In a rehearsal of the lane `hub` (`--rehearse`) it is Docker Hub, and
what that has besides: images for several platforms with an attestation beside each, blobs at another host, a limit of
pulls. Its folder, which `harness/standins.py` fills:

    blobs/HEX           manifests, configurations and layers, by their digests
    tags/NAME/TAG       a manifest's digest

How Docker Hub does it: the limit's headers, and that HEAD doesn't count, in docs.docker.com/docker-hub/usage/pulls; the
words of its 429 in docker/hub-feedback#2464 and #2505; "multi-platform index, and an attestation manifest of the
platform unknown/unknown" in docs.docker.com/build/metadata/attestations/attestation-storage. A pull there is the
manifest of one image, however it was found; so here the indexes are free.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from labs.hub.front import DIGEST, Answer, Registry, Request, error, opened, serve

FOLDER = Path("/var/lib/hub")
BLOB_HOST = "production.cloudflare.docker.com"
BLOB_PATH = "/registry-v2/docker/registry/v2/blobs/sha256/"
LIMIT, WINDOW = 100, 21600  # pulls without a login, seconds
INDEX = "application/vnd.oci.image.index.v1+json"
MANIFEST = "application/vnd.oci.image.manifest.v1+json"
STATEMENT = "application/vnd.in-toto+json"


class Hub(Registry):
    """Docker Hub as a folder of stand-ins. `accounts`: user -> password; they have twice the limit."""

    def __init__(
        self, folder: Path, *, rehearse: bool = False, limit: int = LIMIT, accounts: Mapping[str, str] | None = None
    ) -> None:
        super().__init__()
        self.folder, self.rehearse, self.limit, self.accounts = folder, rehearse, limit, accounts or {}
        self.pulls: list[tuple[str, float]] = []  # by which account ('' is nobody's), when
        self.made: dict[str, bytes] = {}  # digest -> what is here besides the folder's
        self.indexes: dict[str, str] = {}  # an image's digest -> its index's
        tags = folder / "tags"
        files = [path for path in tags.rglob("*") if path.is_file()]
        self.named = {f"{path.parent.relative_to(tags)}:{path.name}": path.read_text() for path in files}
        if rehearse:
            self.indexes = {digest: self._index(digest) for digest in set(self.named.values())}

    def grants(self, name: str) -> bool:
        return (self.folder / "tags" / name).is_dir()

    def knows(self, user: str, password: str) -> bool:
        return bool(user) and self.accounts.get(user) == password

    def answer(self, request: Request) -> Answer:
        answer = super().answer(request)
        if self.rehearse:
            print(f"{request.method} {request.host}{request.path} {answer.status}", flush=True)
        return answer

    def manifest(self, request: Request, name: str, reference: str) -> Answer:
        digest = reference if DIGEST.fullmatch(reference) else self._tagged(name, reference)
        content = self._read(digest)
        if content is None:
            return error(404, "MANIFEST_UNKNOWN", "manifest unknown", {"Tag": reference})
        described = json.loads(content)
        user = str(opened(request.authorization.partition(" ")[2])["user"])
        left = self._left(user)
        if request.method == "GET" and self.rehearse:
            if left <= 0:
                message = "You have reached your unauthenticated pull rate limit."
                message += " https://www.docker.com/increase-rate-limit"
                return error(429, "TOOMANYREQUESTS", message, **self._limits(request, user), retry_after="60")
            if "manifests" not in described:
                self.pulls.append((user, time.time()))
        headers = {"content-type": described["mediaType"], "docker-content-digest": digest, "etag": f'"{digest}"'}
        if self.rehearse:
            headers |= {name.replace("_", "-"): value for name, value in self._limits(request, user).items()}
        return Answer(200, content, headers)

    def blob(self, request: Request, name: str, digest: str) -> Answer:
        content = self._read(digest)
        if content is None:
            return error(404, "BLOB_UNKNOWN", "blob unknown to registry", {"digest": digest})
        if self.rehearse:
            where = f"https://{BLOB_HOST}{BLOB_PATH}{digest[7:9]}/{digest[7:]}/data?verify=signed"
            return Answer(307, headers={"location": where, "content-type": "application/octet-stream"})
        return self._content(digest)

    def other(self, request: Request) -> Answer:
        if request.path == "/refusals":  # harness/lab/labs.py asks; nothing is ever refused here
            return Answer(200)
        if request.host == BLOB_HOST and request.path.startswith(BLOB_PATH):
            digest = f"sha256:{request.path.split('/')[-2]}"
            if request.authorization:  # the address is signed, and that is all the host behind it takes
                return Answer(400, b"<Error><Code>InvalidArgument</Code></Error>", {"content-type": "application/xml"})
            if DIGEST.fullmatch(digest) and self._read(digest) is not None:
                return self._content(digest)
        return super().other(request)

    # -- what is there

    def _tagged(self, name: str, tag: str) -> str:
        """The digest of what a tag names; '' where there is none."""
        digest = self.named.get(f"{name}:{tag}", "")
        return self.indexes.get(digest, digest)

    def _path(self, digest: str) -> Path:
        return self.folder / "blobs" / digest[7:]

    def _read(self, digest: str) -> bytes | None:
        """A small thing's content, and of a big one, that it is there."""
        if digest in self.made:
            return self.made[digest]
        if not digest or not self._path(digest).exists():
            return None
        return self._path(digest).read_bytes() if self._path(digest).stat().st_size < 1 << 20 else b""

    def _content(self, digest: str) -> Answer:
        headers = {"content-type": "application/octet-stream", "docker-content-digest": digest, "etag": f'"{digest}"'}
        if digest in self.made:
            return Answer(200, self.made[digest], headers)
        return Answer(200, headers=headers, file=self._path(digest))

    # -- what Docker Hub has besides

    def _left(self, user: str) -> int:
        self.pulls = [(who, when) for who, when in self.pulls if when > time.time() - WINDOW]
        return self._allowed(user) - sum(who == user for who, _ in self.pulls)

    def _allowed(self, user: str) -> int:
        return self.limit * 2 if user else self.limit

    def _limits(self, request: Request, user: str) -> dict[str, str]:
        return {
            "ratelimit_limit": f"{self._allowed(user)};w={WINDOW}",
            "ratelimit_remaining": f"{max(self._left(user), 0)};w={WINDOW}",
            "docker_ratelimit_source": user or request.who,
        }

    def _index(self, digest: str) -> str:
        """An image's manifest -> the index that has it, for this machine and for another, attested each: its digest.

        The other one's isn't there: no engine may ask for it.
        """
        manifest = self._read(digest) or b""
        described = json.loads(manifest)
        config = json.loads(self._read(described["config"]["digest"]) or b"")
        platform = {"architecture": config["architecture"], "os": config["os"]}
        other = {"architecture": "s390x", "os": "linux"}
        images = [
            {"mediaType": described["mediaType"], "digest": digest, "size": len(manifest), "platform": platform},
            {"mediaType": described["mediaType"], "digest": _digest(manifest + b"s390x"), "size": 1, "platform": other},
        ]
        attested = [self._attestation(str(image["digest"])) for image in images]
        return self._make({"schemaVersion": 2, "mediaType": INDEX, "manifests": [*images, *attested]})[0]

    def _attestation(self, subject: str) -> dict[str, Any]:
        """What an index says of the attestation of an image."""
        said = {
            "_type": "https://in-toto.io/Statement/v0.1",
            "predicateType": "https://slsa.dev/provenance/v0.2",
            "subject": [{"name": "_", "digest": {"sha256": subject[7:]}}],
            "predicate": {},
        }
        layer, layer_size = self._make(said)
        empty = {"architecture": "unknown", "os": "unknown", "config": {}}
        config, config_size = self._make({**empty, "rootfs": {"type": "layers", "diff_ids": [layer]}})
        predicate = {"in-toto.io/predicate-type": said["predicateType"]}
        manifest, size = self._make(
            {
                "schemaVersion": 2,
                "mediaType": MANIFEST,
                "config": {
                    "mediaType": "application/vnd.oci.image.config.v1+json", "digest": config, "size": config_size,
                },
                "layers": [
                    {"mediaType": STATEMENT, "digest": layer, "size": layer_size, "annotations": predicate},
                ],
            }
        )  # fmt: skip
        about = {
            "vnd.docker.reference.digest": subject,
            "vnd.docker.reference.type": "attestation-manifest",
        }
        platform = {"architecture": "unknown", "os": "unknown"}
        return {"mediaType": MANIFEST, "digest": manifest, "size": size, "annotations": about, "platform": platform}

    def _make(self, content: object) -> tuple[str, int]:
        """Keeps a document: its digest and size."""
        data = json.dumps(content, indent=2).encode()
        self.made[_digest(data)] = data
        return _digest(data), len(data)


def _digest(data: bytes) -> str:
    return f"sha256:{hashlib.sha256(data).hexdigest()}"


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--rehearse", action="store_true")
    parser.add_argument("--limit", type=int, default=LIMIT)
    asked = parser.parse_args()
    serve(Hub(FOLDER, rehearse=asked.rehearse, limit=asked.limit))
