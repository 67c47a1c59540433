"""What the nightly check asks Docker Hub about the tags that the guide uses; a server here stands in for Hub."""

import http.server
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from lint import tags
from lint.__main__ import main
from unit.conftest import served

NOW = datetime(2026, 9, 1, tzinfo=UTC)
TAGS = {
    "library/nginx/tags/1.30": {"tag_last_pushed": "2026-08-20T10:00:00.123456Z"},
    "library/nginx/tags/1.29": {"tag_last_pushed": "2026-02-20T10:00:00.123456Z"},
    "library/centos/tags/latest": {"last_updated": "2021-09-15T18:20:05Z"},
    "library/registry/tags/3": {},
    "someone/app/tags/1": {"tag_last_pushed": "2026-08-20T10:00:00Z"},
}


@pytest.fixture
def hub() -> Iterator[str]:
    """A Docker Hub that has TAGS; `busy` is more than it can answer just now."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            name = self.path.removeprefix("/v2/repositories/")
            self.send_response(429 if "busy" in name else 200 if name in TAGS else 404)
            self.end_headers()
            self.wfile.write(json.dumps(TAGS.get(name, {"message": "object not found"})).encode())

        def log_message(self, *_: object) -> None:
            """Tests are quiet."""

    with served(Handler) as address:
        yield address


def guide(root: Path, language: str, *snippets: str) -> list[Path]:
    """One page that shows these snippets, in `language`."""
    (root / "docs").mkdir(exist_ok=True)
    (root / "snippets" / "page").mkdir(parents=True, exist_ok=True)
    text = ""
    for number, snippet in enumerate(snippets):
        (root / "snippets" / "page" / f"{number}.x").write_text(snippet, "utf-8")
        text += f'``` {language}\n--8<-- "page/{number}.x"\n```\n\n'
    (root / "docs" / "page.md").write_text(text, "utf-8")
    return [root / "docs" / "page.md"]


def used(root: Path, language: str, *snippets: str) -> list[str]:
    return [f"{use.image} {use.path.name}:{use.line}" for use in tags.uses(guide(root, language, *snippets), root)]


def stale(root: Path, hub: str, *commands: str) -> list[str]:
    pages = guide(root, "console", "".join(f"$ {command}\n" for command in commands))
    return list(map(str, tags.stale(pages, root, hub, NOW)))


@pytest.mark.parametrize(
    ("command", "image"),
    [
        ("docker pull nginx:1.30", "nginx:1.30"),
        ("docker image pull -q nginx", "nginx:latest"),
        ("docker run -d --name web -p 8080:80 nginx:1.30 nginx -t", "nginx:1.30"),
        ("sudo docker container create someone/app:1", "someone/app:1"),
        ("A=1 docker run -e A busybox env && true", "busybox:latest"),
    ],
)
def test_what_a_reader_pulls_or_runs_is_used(tmp_path: Path, command: str, image: str) -> None:
    assert used(tmp_path, "console", f"$ true\n$ {command}\n") == [f"{image} 0.x:2"]


@pytest.mark.parametrize(
    "command",
    [
        "docker pull localhost:5000/nginx:1.30",
        "docker run CentOS",
        "docker run $IMAGE",
        "docker rmi nginx",
        "echo FROM a",
    ],
)
def test_other_registries_and_what_is_no_name_are_not(tmp_path: Path, command: str) -> None:
    assert used(tmp_path, "console", f"$ {command}\n") == []


def test_what_the_guide_builds_and_tags_itself_is_not_asked_for(tmp_path: Path) -> None:
    made = "$ docker build -q -t app .\n$ docker tag app app:2\n$ docker commit web box:1\n"
    assert used(tmp_path, "console", made, "$ docker run app\n$ docker run app:2\n$ docker run box:1\n") == []


def test_a_dockerfile_names_its_base_and_what_it_copies_from_but_not_its_own_stages(tmp_path: Path) -> None:
    text = (
        "FROM --platform=linux/amd64 gcc:15 AS one\nFROM one AS two\nCOPY --from=one /a /\nCOPY --from=busybox /a /\n"
        "RUN --mount=type=bind,from=nginx:1.30 true\nCOPY --from=0 /a /\nFROM scratch\n"
    )
    assert used(tmp_path, "dockerfile", text) == ["gcc:15 0.x:1", "busybox:latest 0.x:4", "nginx:1.30 0.x:5"]


def test_a_compose_file_names_its_services_images(tmp_path: Path) -> None:
    text = 'services:\n  web:\n    image: nginx:1.30\n  db:\n    image: "postgres:18" # newest\n'
    assert used(tmp_path, "yaml", text) == ["nginx:1.30 0.x:3", "postgres:18 0.x:5"]


def test_a_tag_that_is_kept_is_no_finding(tmp_path: Path, hub: str) -> None:
    assert stale(tmp_path, hub, "docker run nginx:1.30", "docker run someone/app:1", "docker run registry:3") == []


def test_a_tag_that_is_gone_is_found_once_with_its_first_place_and_the_way_out(tmp_path: Path, hub: str) -> None:
    assert stale(tmp_path, hub, "true", "docker run nginx:1.28", "docker run nginx:1.28") == [
        "snippets/page/0.x:2: nginx:1.28: Docker Hub has no such tag; write a tag that upstream still keeps, or say in "
        "tests/lint/tags.toml why this one is meant"
    ]


def test_a_tag_that_nobody_has_pushed_for_half_a_year_is_found(tmp_path: Path, hub: str) -> None:
    [found] = stale(tmp_path, hub, "docker run nginx:1.29")
    assert found.startswith("snippets/page/0.x:1: nginx:1.29: not pushed since 2026-02-20, for more than half a year;")


def test_a_tag_of_which_it_is_known_is_no_finding(tmp_path: Path, hub: str) -> None:
    assert stale(tmp_path, hub, "docker pull centos", "docker pull nginx:lastest") == []


def test_what_is_known_of_a_tag_and_not_so_any_more_is_found(
    tmp_path: Path, hub: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(TAGS, "library/nginx/tags/lastest", {"tag_last_pushed": "2026-08-20T10:00:00Z"})
    assert stale(tmp_path, hub, "docker pull nginx:lastest") == [
        'snippets/page/0.x:1: nginx:lastest: pushed on 2026-08-20; tests/lint/tags.toml says is = "gone": correct it '
        "there, or write another image"
    ]


def test_a_hub_that_is_busy_says_nothing_of_a_tag(tmp_path: Path, hub: str) -> None:
    assert stale(tmp_path, hub, "docker pull busy:1") == []


def test_a_hub_that_cannot_be_reached_is_found_whatever_is_known_of_the_tags(tmp_path: Path) -> None:
    found = stale(tmp_path, "http://127.0.0.1:1", "docker pull centos", "docker pull nginx:1.30")
    assert [line.split(": ")[2].partition(" (")[0] for line in found] == ["Docker Hub cannot be asked"]


def test_the_external_check_asks_for_tags_as_well(
    tmp_path: Path, hub: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(tags, "HUB", hub)
    guide(tmp_path, "console", "$ docker run nginx:1.28\n")
    assert main(["--external"], tmp_path) == 1
    assert "snippets/page/0.x:1: nginx:1.28: Docker Hub has no such tag" in capsys.readouterr().out


def test_each_image_of_which_something_is_known_has_its_reason() -> None:
    known = tags.known()
    assert {entry["is"] for entry in known} == {"gone", "old"}
    assert [entry["name"] for entry in known if not entry["reason"]] == []
