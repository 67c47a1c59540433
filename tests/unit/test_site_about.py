"""What stands at the end of a page: when it last changed, and where to say that it is stale."""

import subprocess
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from harness.site.about import about, actions, changes

REPOSITORY = "https://github.com/example/docker-note"


def git(root: Path, *arguments: str, date: str = "2026-01-01") -> None:
    who = {"GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a", "GIT_COMMITTER_NAME": "a", "GIT_COMMITTER_EMAIL": "a"}
    day = {"GIT_AUTHOR_DATE": f"{date}T12:00:00Z", "GIT_COMMITTER_DATE": f"{date}T12:00:00Z"}
    path = {"PATH": "/usr/bin:/bin", "HOME": str(root)}
    subprocess.run(["git", *arguments], cwd=root, env=who | day | path, check=True, capture_output=True)


def test_a_page_changed_when_its_newest_source_did(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet")
    page, snippet = "docs/볼륨.md", "snippets/run.console"
    for day, name in (("2026-01-01", page), ("2026-02-02", snippet), ("2026-03-03", "tests/other")):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text(day)
        git(tmp_path, "add", ".")
        git(tmp_path, "commit", "--quiet", "--message", name, date=day)
    changed = changes(tmp_path)
    assert changed == {page: "2026-01-01", snippet: "2026-02-02"}
    assert '마지막 변경 <time datetime="2026-02-02">' in about("볼륨.md", [page, snippet], changed, "")


def test_without_git_and_repository_nothing_is_said_of_them(tmp_path: Path) -> None:
    assert changes(tmp_path) == {}
    assert about("a/b.md", ["docs/a/b.md"], {}, "") == (
        '<p class="about" data-search-exclude><a href="../feed.xml">달라진 예제 알림</a>'
        ' · <a href="../book.html">한 권으로</a></p>'
    )


def test_under_its_title_a_page_has_its_markdown_to_copy_and_to_open() -> None:
    html = actions("배우기/볼륨.md")
    address = "%EB%B3%BC%EB%A5%A8.md"
    assert f'data-address="{address}">Markdown 복사</button><a href="{address}">Markdown 보기</a>' in html


@pytest.mark.parametrize("name", ["images.md", "배우기/볼륨.md"])
def test_a_stale_page_leads_to_an_issue_that_names_it(name: str) -> None:
    link = about(name, [], {}, REPOSITORY).split('class="stale" href="')[1].split('"')[0].replace("&amp;", "&")
    assert link.startswith(f"{REPOSITORY}/issues/new?")
    asked = parse_qs(urlsplit(link).query)
    assert asked["title"] == [f"낡은 페이지: docs/{name}"]
    assert asked["body"][0].startswith(f"페이지: docs/{name}\n")
