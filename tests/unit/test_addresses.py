"""Where on the site an example stands."""

from pathlib import Path

import pytest

from harness.claims import pages
from harness.claims.pages import Page
from harness.project import write
from harness.site import addresses

INCLUDE = '``` console\n--8<-- "page/first.console"\n```\n'


def read(root: Path, text: str, name: str = "page.md") -> Page:
    """A page docs/NAME of this text."""
    write(root / "docs" / name, text)
    write(root / "snippets/page/first.console", "$ docker ps\n")
    return pages.read(root / "docs" / name, root, ["28"])


@pytest.mark.parametrize(
    ("name", "address"), [("page.md", "page.html"), ("guide/page.md", "guide/page.html"), ("a.b.md", "a.b.html")]
)
def test_a_page_stands_where_mkdocs_builds_it(tmp_path: Path, name: str, address: str) -> None:
    assert addresses.address(read(tmp_path, INCLUDE, name), tmp_path) == address


@pytest.mark.parametrize(
    ("heading", "section", "anchor"),
    [
        ("## Docker `ps` 보기", "Docker ps 보기", "docker-ps-보기"),
        ("### *모두* 지우기", "모두 지우기", "모두-지우기"),
        ("## 로그 보기 { .wide }", "로그 보기", "로그-보기"),
    ],
)
def test_an_example_stands_under_the_heading_above_it(tmp_path: Path, heading: str, section: str, anchor: str) -> None:
    [block] = read(tmp_path, f"# 제목\n\n{heading}\n\n{INCLUDE}").blocks
    assert (addresses.section(block), addresses.anchor(block)) == (section, anchor)


def test_an_example_without_a_heading_is_named_after_its_snippet(tmp_path: Path) -> None:
    [block] = read(tmp_path, INCLUDE).blocks
    assert addresses.section(block) == "page/first.console"
