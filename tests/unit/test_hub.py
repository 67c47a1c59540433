"""The registry that plays Docker Hub, and the cache that believes it: over HTTP, each on a port of this machine.

What the cache is told is only where Docker Hub is.
"""

from __future__ import annotations

import base64
import contextlib
import hashlib
import json
import threading
import urllib.request
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.error import HTTPError

import pytest

from harness.lab.archive import tar
from harness.lab.packing import packed
from labs.hub import front, hub
from labs.hub.cache import FRESH, QUIET, Cache, Upstream
from labs.hub.front import Answer, Registry, Request, Server
from labs.hub.hub import Hub

LAYER = b"layer" * 1000
CONFIG = {"created": "", "history": [], "architecture": "amd64", "os": "linux"}


@dataclass
class Client:
    """What an engine does: asks, gets a token where one is wanted, and asks again."""

    address: str
    who: str = ""

    def get(self, path: str, method: str = "GET", **headers: str) -> Answer:
        url = path if path.startswith("http") else f"{self.address}{path}"
        request = urllib.request.Request(url, method=method, headers=headers)
        try:
            with urllib.request.urlopen(request) as answered:
                return read(answered.status, answered)
        except HTTPError as answered:
            with answered:
                return read(answered.code, answered)

    def token(self, name: str) -> str:
        token: str = json.loads(self.get(f"/token?service=registry.docker.io&scope=repository:{name}:pull").body)[
            "token"
        ]
        return token

    def content(self, name: str, path: str, method: str = "GET", **headers: str) -> Answer:
        return self.get(f"/v2/{name}/{path}", method, authorization=f"Bearer {self.token(name)}", **headers)

    def pull(self, tag: str = "latest", name: str = "library/centos") -> Answer:
        """Pulls an image as an engine does, for this machine: the first answer that is none, or the last layer's."""
        answer = self.content(name, f"manifests/{tag}")
        if answer.status != 200:
            return answer
        manifest = json.loads(answer.body)
        if "manifests" in manifest:
            [mine] = [each for each in manifest["manifests"] if each["platform"]["architecture"] == "amd64"]
            answer = self.content(name, f"manifests/{mine['digest']}")
            if answer.status != 200:
                return answer
            manifest = json.loads(answer.body)
        for part in (manifest["config"], *manifest["layers"]):
            answer = self.content(name, f"blobs/{part['digest']}")
            if answer.status != 200:
                return answer
            assert f"sha256:{hashlib.sha256(answer.body).hexdigest()}" == part["digest"]
        return answer


def read(status: int, answered: Any) -> Answer:
    return Answer(status, answered.read(), {name.lower(): value for name, value in answered.headers.items()})


@contextlib.contextmanager
def served(registry: Registry) -> Iterator[str]:
    """A registry on a port of this machine: its address."""
    with Server(registry, ("127.0.0.1", 0)) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()
            thread.join()


class Logged(Hub):
    """Remembers what it was asked, and answered."""

    def __init__(self, *arguments: object, **keywords: object) -> None:
        self.log: list[str] = []
        super().__init__(*arguments, **keywords)  # type: ignore[arg-type]

    def answer(self, request: Request) -> Answer:
        answer = super().answer(request)
        self.log.append(f"{request.method} {request.path} {answer.status}")
        return answer


@dataclass
class World:
    """Docker Hub as it is played, and a cache of it; `at` is the cache's clock."""

    hub: Logged
    cache: Cache
    client: Client
    there: str  # Docker Hub's address
    at: list[float] = field(default_factory=lambda: [1_000_000.0])

    def asked(self) -> Counter[str]:
        """How often Docker Hub was asked for each manifest, as its log has it."""
        return Counter(line for line in self.hub.log if "/manifests/" in line)

    def later(self, seconds: float) -> None:
        """In another run, so much later."""
        self.at[0] += seconds
        self.cache.named.clear()
        self.hub.log.clear()


@pytest.fixture
def stand_ins(tmp_path: Path) -> Path:
    """The folder of a hub with one image."""
    listed = json.dumps([{"Config": "0.json", "Layers": ["layer.tar"]}]).encode()
    saved = tar({"manifest.json": listed, "0.json": json.dumps(CONFIG).encode(), "layer.tar": LAYER})
    for path, data in packed(saved, "2021-09-15T18:20:05Z", ["centos:latest", "centos:8"], {}).items():
        (tmp_path / "hub" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "hub" / path).write_bytes(data)
    return tmp_path / "hub"


@pytest.fixture
def standin(stand_ins: Path) -> Iterator[Client]:
    """What labs see in the lane `standin`."""
    with served(Hub(stand_ins)) as address:
        yield Client(address)


def open_world(stack: contextlib.ExitStack, stand_ins: Path, **more: object) -> World:
    played = Logged(stand_ins, rehearse=True, accounts={"reader": "secret"}, **more)
    there = stack.enter_context(served(played))
    at = [1_000_000.0]
    cache = Cache(stand_ins.parent / "kept", Upstream(there), lambda: at[0])
    return World(played, cache, Client(stack.enter_context(served(cache))), there, at)


@pytest.fixture
def stack() -> Iterator[contextlib.ExitStack]:
    with contextlib.ExitStack() as opened:
        yield opened


@pytest.fixture
def world(stack: contextlib.ExitStack, stand_ins: Path, monkeypatch: pytest.MonkeyPatch) -> World:
    return at_home(open_world(stack, stand_ins), monkeypatch)


def at_home(made: World, monkeypatch: pytest.MonkeyPatch) -> World:
    """Docker Hub's three hosts are one here: addresses in its answers lead to this machine, by another name."""
    elsewhere = made.there.replace("127.0.0.1", "localhost")
    monkeypatch.setattr(front, "REALM", f"{made.there}/token")
    monkeypatch.setattr(hub, "BLOB_HOST", "localhost")
    answer = made.hub.blob

    def redirected(request: Request, name: str, digest: str) -> Answer:
        found = answer(request, name, digest)
        where = found.headers.get("location", "").replace("https://localhost", elsewhere)
        return Answer(found.status, found.body, {**found.headers, "location": where}, found.file)

    monkeypatch.setattr(made.hub, "blob", redirected)
    return made


class TestWhatDockerHubSays:
    def test_who_has_no_token_is_told_where_to_get_one_and_for_what(self, standin: Client) -> None:
        answer = standin.get("/v2/library/centos/manifests/latest")
        challenge = 'Bearer realm="https://auth.docker.io/token",service="registry.docker.io"'
        assert (answer.status, answer.headers["www-authenticate"]) == (
            401,
            f'{challenge},scope="repository:library/centos:pull"',
        )
        assert standin.get("/v2/").headers["www-authenticate"] == challenge
        assert standin.get("/v2/", authorization=f"Bearer {standin.token('library/centos')}").status == 200

    def test_a_repository_that_is_not_there_is_denied_whoever_asks(self, standin: Client) -> None:
        answer = standin.content("library/nosuch", "manifests/latest")
        assert answer.status == 401
        assert answer.headers["www-authenticate"].endswith(
            'scope="repository:library/nosuch:pull",error="insufficient_scope"'
        )
        said = json.loads(answer.body)["errors"][0]
        assert (said["code"], said["message"]) == ("UNAUTHORIZED", "authentication required")

    def test_a_tag_that_is_not_there_is_not_known(self, standin: Client) -> None:
        answer = standin.content("library/centos", "manifests/lastest")
        assert (answer.status, json.loads(answer.body)["errors"][0]["code"]) == (404, "MANIFEST_UNKNOWN")

    def test_a_token_for_one_repository_is_not_good_for_another(self, standin: Client) -> None:
        token = standin.token("library/other")
        assert standin.get("/v2/library/centos/manifests/latest", authorization=f"Bearer {token}").status == 401

    def test_nobody_may_push(self, standin: Client) -> None:
        answer = standin.content("library/centos", "blobs/uploads/", "POST")
        assert answer.headers["www-authenticate"].endswith('pull,push",error="insufficient_scope"')

    def test_a_wrong_password_is_refused(self, standin: Client) -> None:
        login = base64.b64encode(b"reader:wrong").decode()
        answer = standin.get("/token?service=registry.docker.io", authorization=f"Basic {login}")
        assert (answer.status, json.loads(answer.body)) == (401, {"details": "incorrect username or password"})

    def test_an_image_is_pulled(self, standin: Client) -> None:
        assert standin.pull().status == 200

    def test_a_broken_download_goes_on_where_it_stopped(self, standin: Client) -> None:
        manifest = json.loads(standin.content("library/centos", "manifests/latest").body)
        path = f"blobs/{manifest['layers'][0]['digest']}"
        whole = standin.content("library/centos", path)
        rest = standin.content("library/centos", path, range="bytes=10-")
        assert (rest.status, rest.body) == (206, whole.body[10:])

    @pytest.mark.parametrize("path", ["/v2/../../etc/manifests/passwd", "/v2/a/manifests/../b", "/etc/passwd"])
    def test_a_path_that_leads_elsewhere_is_no_path(self, standin: Client, path: str) -> None:
        assert standin.get(path, authorization=f"Bearer {standin.token('a')}").status == 404


class TestATag:
    def test_names_the_image_that_it_named_at_first(self, stand_ins: Path, standin: Client) -> None:
        tag = stand_ins / "tags/library/centos/latest"
        named = tag.read_text()
        tag.write_text("sha256:" + "0" * 64)
        assert standin.content("library/centos", "manifests/latest").headers["docker-content-digest"] == named
        told = json.loads(standin.get("/named").body)
        assert told == {"library/centos:latest": named, "library/centos:8": named}


class TestWhatItHasBesides:
    def test_an_image_is_one_of_an_index_and_has_an_attestation(self, world: World) -> None:
        there = Client(world.there)
        index = json.loads(there.content("library/centos", "manifests/latest").body)
        assert index["mediaType"] == "application/vnd.oci.image.index.v1+json"
        platforms = [f"{each['platform']['os']}/{each['platform']['architecture']}" for each in index["manifests"]]
        assert platforms == ["linux/amd64", "linux/s390x", "unknown/unknown", "unknown/unknown"]
        attestation = index["manifests"][2]
        assert attestation["annotations"] == {
            "vnd.docker.reference.type": "attestation-manifest",
            "vnd.docker.reference.digest": index["manifests"][0]["digest"],
        }
        assert there.content("library/centos", f"manifests/{attestation['digest']}").status == 200

    def test_blobs_are_at_another_host_which_takes_no_token(self, world: World) -> None:
        there = Client(world.there)
        named = f"sha256:{next((world.hub.folder / 'blobs').iterdir()).name}"
        answer = there.content("library/centos", f"blobs/{named}")
        # urllib carries the token along, as no engine does.
        assert answer.status == 400

    def test_pulls_are_counted_and_looking_is_not(self, world: World) -> None:
        there = Client(world.there)
        looked = there.content("library/centos", "manifests/latest", "HEAD")
        assert looked.headers["ratelimit-remaining"] == "100;w=21600"
        manifest = next(iter(world.hub.indexes))
        there.content("library/centos", f"manifests/{manifest}")
        looked = there.content("library/centos", "manifests/latest", "HEAD")
        assert looked.headers["ratelimit-remaining"] == "99;w=21600"


class TestWhatIsKept:
    def test_however_many_pull_an_image_docker_hub_is_asked_once(self, world: World) -> None:
        with ThreadPoolExecutor(8) as many:
            assert {answer.status for answer in many.map(lambda _: world.client.pull(), range(16))} == {200}
        asked = world.asked()
        assert sorted(line.split()[2] for line in asked) == ["200", "200", "401"]  # a tag, a manifest; once no token
        assert set(asked.values()) == {1}

    def test_the_next_run_asks_nothing(self, world: World, stack: contextlib.ExitStack) -> None:
        world.client.pull()
        world.hub.log.clear()
        again = Cache(world.cache.folder, Upstream(world.there), lambda: world.at[0] + FRESH - 1)
        assert Client(stack.enter_context(served(again))).pull().status == 200
        assert world.hub.log == []

    def test_a_day_later_a_tag_is_looked_at_and_pulled_only_if_it_moved(self, world: World) -> None:
        world.client.pull()
        world.later(FRESH)
        assert world.client.pull().status == 200
        assert [line for line in world.hub.log if line.endswith("200") and "token" not in line] == [
            "HEAD /v2/library/centos/manifests/latest 200"
        ]
        world.later(FRESH)
        moved = world.hub._make({"schemaVersion": 2, "mediaType": hub.INDEX, "manifests": []})[0]
        world.hub.indexes = dict.fromkeys(world.hub.indexes, moved)
        assert world.client.content("library/centos", "manifests/latest").headers["docker-content-digest"] == moved
        assert "GET /v2/library/centos/manifests/latest 200" in world.hub.log

    def test_as_long_as_a_run_goes_on_a_tag_names_the_same_image(self, world: World) -> None:
        named = world.client.content("library/centos", "manifests/latest").headers["docker-content-digest"]
        world.at[0] += FRESH
        moved = world.hub._make({"schemaVersion": 2, "mediaType": hub.INDEX, "manifests": []})[0]
        world.hub.indexes = dict.fromkeys(world.hub.indexes, moved)
        assert world.client.content("library/centos", "manifests/latest").headers["docker-content-digest"] == named
        assert json.loads(world.client.get("/named").body) == {"library/centos:latest": named}

    def test_what_is_kept_is_there_without_the_network_however_old(self, world: World) -> None:
        world.client.pull()
        world.later(30 * FRESH)
        world.cache.upstream = Upstream("http://127.0.0.1:9")
        assert world.client.pull().status == 200
        assert world.client.get("/refusals").body == b""

    def test_the_run_is_told_how_much_is_kept_since_when_and_whether_docker_hub_is_there(self, world: World) -> None:
        assert world.cache.state() == {"unreachable": "", "images": 0, "since": ""}
        world.client.pull()
        world.client.pull("nosuch")
        assert world.cache.state() == {"unreachable": "", "images": 1, "since": "1970-01-12"}
        world.cache.upstream = Upstream("http://127.0.0.1:9")
        assert world.cache.state()["unreachable"] == "[Errno 111] Connection refused"

    @pytest.mark.parametrize("name", ["library/nosuch", "library/centos"])
    def test_what_docker_hub_has_not_is_said_in_its_own_words_and_is_no_fault(self, world: World, name: str) -> None:
        here, there = (client.content(name, "manifests/nosuch") for client in (world.client, Client(world.there)))
        said = [(a.status, a.body, a.headers.get("www-authenticate")) for a in (here, there)]
        assert said[0] == said[1]
        world.hub.log.clear()
        assert world.client.content(name, "manifests/nosuch").status == here.status
        assert world.hub.log == []  # it is kept like an image
        assert world.client.get("/refusals").body == b""

    def test_which_images_are_not_there_is_told_to_the_lab_that_asked_for_them(self, world: World) -> None:
        world.client.pull()
        world.client.content("library/nosuch", "manifests/latest")
        world.client.content("library/centos", "manifests/nosuch")
        told = json.loads(world.client.get("/missing").body)
        assert [image for image, _ in told] == ["library/nosuch:latest", "library/centos:nosuch"]
        assert all(ago >= 0 for _, ago in told)
        assert json.loads(world.cache.answer(Request("GET", "", "/missing", {}, "", "192.0.2.1")).body) == []

    def test_what_was_damaged_on_its_way_is_not_kept(self, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
        content, times = world.hub._content, iter(range(10))

        def damaged(digest: str) -> Answer:
            return Answer(200, b"damaged") if next(times) == 0 else content(digest)

        monkeypatch.setattr(world.hub, "_content", damaged)
        assert world.client.pull().status == 200

    def test_several_runs_may_share_what_is_kept(self, world: World, stack: contextlib.ExitStack) -> None:
        other = Client(stack.enter_context(served(Cache(world.cache.folder, Upstream(world.there)))))
        with ThreadPoolExecutor(8) as many:
            statuses = {many.submit(client.pull).result().status for client in (world.client, other) * 4}
        assert statuses == {200}


LIMIT = "You have reached your unauthenticated pull rate limit. https://www.docker.com/increase-rate-limit"


class TestTheLimit:
    @pytest.fixture
    def limited(self, stack: contextlib.ExitStack, stand_ins: Path, monkeypatch: pytest.MonkeyPatch) -> World:
        return at_home(open_world(stack, stand_ins, limit=1), monkeypatch)

    def pull_too_much(self, world: World) -> Answer:
        world.client.pull()
        return world.client.content("library/centos", "manifests/8")

    def test_is_told_to_the_engine_in_docker_hubs_own_words(self, limited: World) -> None:
        answer = self.pull_too_much(limited)
        said = json.loads(answer.body)["errors"][0]
        assert (answer.status, said["code"], said["message"]) == (429, "TOOMANYREQUESTS", LIMIT)
        assert answer.headers["ratelimit-limit"] == "1;w=21600"

    def test_does_not_keep_an_engine_from_looking(self, limited: World) -> None:
        self.pull_too_much(limited)
        here, there = (
            client.content("library/centos", "manifests/8", "HEAD")
            for client in (limited.client, Client(limited.there))
        )
        shown = ("docker-content-digest", "content-length", "content-type")
        assert (here.status, there.status) == (200, 200)
        assert [here.headers[name] for name in shown] == [there.headers[name] for name in shown]

    def test_is_told_once_to_the_lab_that_met_it_with_the_way_out(self, limited: World) -> None:
        self.pull_too_much(limited)
        told = limited.client.get("/refusals").body.decode()
        assert told == (
            f"Docker Hub's limit of pulls is reached, at centos:8 (429 toomanyrequests: {LIMIT}): wait (six hours at "
            "most), or log in with `docker login` where the run was started; what was pulled is kept"
        )
        assert limited.client.get("/refusals").body == b""

    def test_is_not_told_to_another_lab(self, limited: World) -> None:
        self.pull_too_much(limited)
        stranger = Request("GET", "", "/refusals", {}, "", "192.0.2.1")
        assert limited.cache.answer(stranger).body == b""

    def test_leaves_what_was_pulled(self, limited: World) -> None:
        self.pull_too_much(limited)
        limited.later(FRESH)
        assert limited.client.pull().status == 200

    def test_is_not_knocked_at_again_for_a_while(self, limited: World) -> None:
        self.pull_too_much(limited)
        limited.hub.log.clear()
        self.pull_too_much(limited)
        assert limited.hub.log == []
        limited.at[0] += QUIET
        self.pull_too_much(limited)
        assert "GET /v2/library/centos/manifests/8 429" in limited.hub.log

    def test_is_higher_for_who_has_logged_in(self, limited: World) -> None:
        limited.cache.upstream = Upstream(limited.there, {"username": "reader", "password": "secret"})
        limited.client.pull()
        assert limited.client.pull("8").status == 200
        assert {who for who, _ in limited.hub.pulls} == {"reader"}


def test_an_image_that_is_not_kept_and_a_docker_hub_that_is_not_there(world: World) -> None:
    world.cache.upstream = Upstream("http://127.0.0.1:9")
    assert world.client.pull().status == 503
    reason = "centos:latest is not kept here, and Docker Hub can't be reached ([Errno 111] Connection refused)"
    assert world.client.get("/refusals").body.decode() == reason


def test_what_was_refused_and_came_after_all_is_forgotten(world: World) -> None:
    world.cache.upstream = Upstream("http://127.0.0.1:9")
    world.client.pull()
    world.cache.upstream = Upstream(world.there)
    world.at[0] += QUIET
    assert world.client.pull().status == 200
    assert world.client.get("/refusals").body == b""


def test_a_login_that_docker_hub_does_not_take_is_said(world: World) -> None:
    world.cache.upstream = Upstream(world.there, {"username": "reader", "password": "wrong"})
    world.client.pull()
    reason = 'Docker Hub does not give centos:latest (401 {"details": "incorrect username or password"})'
    assert world.client.get("/refusals").body.decode() == reason


def test_there_is_an_end_to_what_pages_can_have_kept(world: World) -> None:
    world.cache.most = 1
    assert world.client.pull().status == 507
    assert world.client.get("/refusals").body.decode() == (
        "there is no room to keep centos (507 unavailable: no more than 1 bytes are kept): "
        "`python3 noxfile.py -s clean` makes some"
    )
    assert list((world.cache.folder / "blobs").glob("*.part")) == []
