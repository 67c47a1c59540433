"""What all who read pages take for a heading with its anchor, an include, text or front matter."""

import re
from pathlib import Path

import pytest
from markdown import Markdown
from pymdownx.slugs import slugify  # type: ignore[import-untyped]

from harness.claims.fences import fences
from harness.claims.front_matter import front_matter
from harness.claims.headings import headings
from harness.claims.markdown import included, lines_of, text_lines

HEADINGS = """\
# 제목

## `docker ps` 보기

## 같은 말

## 같은 말

## 이름 {#here}

### 이름 {: #there .wide }

## here

## 같은_말_1 `LOG_LEVEL` *강조* __굵게__ ##

## [링크](https://example.com/a) & `<b>` &amp; <b>글</b> 1.30?

##붙은 제목

## 같은 말
"""


def site(text: str, snippets: Path) -> str:
    """The HTML that the site makes of a page, as mkdocs.yml says."""
    settings = {"toc": {"slugify": slugify(case="lower")}, "pymdownx.snippets": {"base_path": [str(snippets)]}}
    return Markdown(extensions=["attr_list", *settings], extension_configs=settings).convert(text)


# -- headings


def test_a_heading_has_the_anchor_that_the_site_gives_it(tmp_path: Path) -> None:
    given = re.findall(r'<h\d(?: class="\w+")? id="([^"]+)"', site(HEADINGS, tmp_path))
    assert given == [heading.anchor for heading in headings(lines_of(HEADINGS))]


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("## `docker ps` 보기 ##", "docker ps 보기"),
        ("## 이름 {#here}", "이름"),
        ("## `A_B` *강조* __굵게__ a_b_c", "A_B 강조 굵게 a_b_c"),
        ("## [링크](a.md)와 `<b>`", "링크와 <b>"),
        ("## ![그림](a.png) 1 &lt; 2", "1 < 2"),
    ],
)
def test_a_heading_has_the_title_that_readers_see(written: str, title: str) -> None:
    assert [heading.title for heading in headings([written])] == [title]


def test_what_stands_in_a_fence_or_a_comment_is_no_heading() -> None:
    lines = ["``` sh", "# a", "```", "<!--", "# b", "-->", "--8<--", "; # c", "--8<--", "# d"]
    assert [(heading.line, heading.text) for heading in headings(lines)] == [(10, "d")]


def test_a_fence_stands_under_the_last_heading_of_the_page_not_of_a_tab() -> None:
    lines = lines_of("``` a\n```\n# 하나\n``` b\n```\n\n    ## 탭\n\n    ``` c\n    ```\n## 둘\n")
    assert [fence.heading and fence.heading.title for fence in fences(lines)] == [None, "하나", "하나"]


# -- includes


@pytest.mark.parametrize(
    "line",
    [
        '--8<-- "a.txt"',
        "--8<-- 'a.txt'",
        '    --8<-- "a.txt"',
        '-8<---  "a.txt"',
        '--8<-- " a.txt "',
    ],
)
def test_a_line_that_the_site_replaces_by_a_file_is_an_include(tmp_path: Path, line: str) -> None:
    (tmp_path / "a.txt").write_text("the file")
    assert ("the file" in site(line, tmp_path), included(line)) == (True, "a.txt")


@pytest.mark.parametrize(
    "line",
    [
        '> --8<-- "a.txt"',
        '--8<-- "a.txt" ',
        '--8<-- "a.txt" b',
        ';--8<-- "a.txt"',
        '--8<-- ";a.txt"',
        '`--8<-- "a.txt"`',
        "--8<-- a.txt",
        '--8<--"a.txt"',
        "--8<-- \"a.txt'",
    ],
)
def test_a_line_that_the_site_leaves_as_it_stands_is_none(tmp_path: Path, line: str) -> None:
    (tmp_path / "a.txt").write_text("the file")
    assert ("the file" in site(line, tmp_path), included(line)) == (False, "")


@pytest.mark.parametrize(
    ("text", "include"),
    [('\n--8<-- "a"\n\n', "a"), ('--8<-- "a"\nb', ""), ('--8<-- "a"\n--8<-- "b"', ""), ("b", ""), ("", "")],
)
def test_a_fence_shows_a_file_where_that_is_all_it_holds(text: str, include: str) -> None:
    [fence] = fences(["``` console", *text.split("\n"), "```"])
    assert fence.include == include


# -- text and front matter


def test_lines_are_text_but_for_fences_and_comments() -> None:
    lines = ["a", "```", "b", "```", "<!-- c -->", "<!--", "d", "-->", "e", "--8<--", "; f", "--8<--", "g"]
    assert list(text_lines(lines)) == [(1, "a"), (5, "<!-- c -->"), (9, "e"), (13, "g")]


def test_a_fence_that_nobody_closes_is_all_that_follows() -> None:
    assert list(text_lines(["a", "```", "b"])) == [(1, "a")]
    assert [(fence.closed, fence.lines) for fence in fences(["a", "```", "b"])] == [(False, ["b"])]


@pytest.mark.parametrize("text", ["a\nb", "\ufeffa\nb", "a\r\nb", "a\rb"])
def test_a_line_ends_in_any_way_and_a_mark_at_the_beginning_is_none_of_it(text: str) -> None:
    assert lines_of(text) == ["a", "b"]


@pytest.mark.parametrize(
    ("text", "end", "values"),
    [
        ("---\na: 1\n---\nb", 3, {"a": 1}),
        ("--- \na: 1\n...\nb", 3, {"a": 1}),
        ("---\n---\nb", 2, {}),
        ("---\na: 1\nb", 0, {}),
        ("\n---\na: 1\n---\nb", 0, {}),
        ("", 0, {}),
    ],
)
def test_front_matter_is_what_stands_between_the_first_lines_of_dashes(
    text: str, end: int, values: dict[str, int]
) -> None:
    found = front_matter(lines_of(text))
    assert (found.end, found.values, found.error) == (end, values, "")


def test_front_matter_that_is_no_yaml_says_where() -> None:
    found = front_matter(lines_of("---\na: 1\nb: c: d\n---\n"))
    assert (found.end, found.error_line, found.error) == (4, 3, "mapping values are not allowed in this context")


def test_front_matter_that_cannot_be_read_at_all_is_wrong_from_its_first_line_on() -> None:
    found = front_matter(lines_of("---\na: \x07\n---\n"))
    assert (found.end, found.error_line, "control characters are not allowed" in found.error) == (3, 2, True)


def test_two_rules_with_a_text_between_are_no_mapping() -> None:
    found = front_matter(lines_of("---\na text\n---\n"))
    assert (found.end, found.is_mapping, found.values) == (3, False, {})
