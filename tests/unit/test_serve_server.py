"""What an open browser gets of the site while it is written, and what it is told."""

import json
from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPConnection, HTTPResponse
from urllib.parse import urlencode, urlsplit

import pytest

from harness.serve.server import Site, served, version_of

PAGE = b"<html><body>one</body></html>"
FILES = {"index.html": b"<body>home</body>", "a.html": PAGE, "404.html": b"<body>none</body>", "search/index.js": b"1"}


@pytest.fixture
def site() -> Site:
    made = Site()
    made.show(FILES)
    return made


@pytest.fixture
def connection(site: Site) -> Iterator[HTTPConnection]:
    with served(site, "127.0.0.1", 0) as address, closing(HTTPConnection(urlsplit(address).netloc)) as connected:
        yield connected


def get(connection: HTTPConnection, path: str) -> HTTPResponse:
    connection.request("GET", path)
    return connection.getresponse()


def listen(connection: HTTPConnection, page: str, version: str = version_of(PAGE)) -> HTTPResponse:
    return get(connection, f"/serve/events?{urlencode({'page': page, 'version': version})}")


def told(events: HTTPResponse) -> dict[str, object]:
    """The next thing that a browser is told."""
    data = events.readline().decode().removeprefix("data: ")
    events.readline()
    message: dict[str, object] = json.loads(data)
    return message


def test_a_page_has_the_script_that_listens_and_nothing_inline(connection: HTTPConnection) -> None:
    answer = get(connection, "/a.html")
    script = f'<script defer src="/serve/browser.js" data-page="a.html" data-version="{version_of(PAGE)}"></script>'
    assert answer.read() == PAGE.replace(b"</body>", f"{script}</body>".encode())
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"


@pytest.mark.parametrize(
    ("path", "status", "beginning"),
    [
        ("/", 200, b"<body>home"),
        ("/nosuch.html", 404, b"<body>none"),
        ("/../pyproject.toml", 404, b"<body>none"),
        ("/search/index.js", 200, b"1"),
        ("/serve/browser.js", 200, b"// An open page of the preview"),
    ],
)
def test_an_address_is_that_of_a_file_of_the_site(
    connection: HTTPConnection, path: str, status: int, beginning: bytes
) -> None:
    answer = get(connection, path)
    assert (answer.status, answer.read()[: len(beginning)]) == (status, beginning)


def test_before_there_is_a_site_a_page_says_so_and_listens(site: Site, connection: HTTPConnection) -> None:
    site.files = {}
    answer = get(connection, "/a.html").read()
    assert b"not built yet" in answer
    assert b'data-page="a.html"' in answer


def test_a_browser_is_told_which_of_the_files_it_may_show_have_changed(site: Site, connection: HTTPConnection) -> None:
    events = listen(connection, "a.html")
    site.show({**FILES, "a.html": b"two", "feed.xml": b"new", "search/index.js": b"1"})
    assert told(events) == {"changed": ["a.html"]}


def test_a_browser_that_has_an_older_page_is_told_at_once(connection: HTTPConnection) -> None:
    assert told(listen(connection, "a.html", "00000000")) == {"changed": ["a.html"]}


def test_a_browser_is_told_the_last_word_on_each_page_also_after_it_was_said(
    site: Site, connection: HTTPConnection
) -> None:
    site.tell("a.html", "running", "running")
    site.tell("a.html", "passed", "3 passed")
    events = listen(connection, "a.html")
    assert told(events) == {"page": "a.html", "outcome": "passed", "text": "3 passed"}
    site.tell("a.html", "differs", "line 3: `<b>`")
    assert told(events) == {"page": "a.html", "outcome": "differs", "text": "line 3: `<b>`"}


def test_it_is_told_which_page_a_browser_opens() -> None:
    opened: list[str] = []
    with (
        served(Site(opened.append), "127.0.0.1", 0) as address,
        closing(HTTPConnection(urlsplit(address).netloc)) as connection,
    ):
        listen(connection, "a/b.html", "00000000").readline()
    assert opened == ["a/b.html"]
