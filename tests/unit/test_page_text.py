"""A page is anybody's text: what its readers would not see as it is, or what names no file, is refused with words."""

from pathlib import Path

import pytest

from harness.claims import pages
from harness.claims.pages import PageError

SHOWS = '``` console\n--8<-- "a.console"\n```\n'


def problems(root: Path, page: str, name: str = "docs/a.md", **snippets: str) -> list[str]:
    """What is wrong with a page that includes these snippets, each named `a_console` for a.console."""
    files = {name: page, **{f"snippets/{name.replace('_', '.', 1)}": text for name, text in snippets.items()}}
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, "utf-8", newline="")
    try:
        shown = pages.read(root / name, root, ["26", "28"])
    except PageError as error:
        return str(error).split("\n")
    return [str(problem) for wrong in shown.wrong for problem in wrong.problems]


@pytest.mark.parametrize(
    ("char", "name"),
    [
        ("\x00", "U+0000 NULL"),
        ("\x07", "U+0007 BELL"),
        ("\x0b", "U+000B LINE TABULATION"),
        ("\x0c", "U+000C FORM FEED"),
        ("\x1b", "U+001B ESCAPE"),
        ("\x7f", "U+007F DELETE"),
        ("\x85", "U+0085 <control>"),
        ("\x9b", "U+009B <control>"),
        ("\u00ad", "U+00AD SOFT HYPHEN"),
        ("\u061c", "U+061C ARABIC LETTER MARK"),
        ("\u200b", "U+200B ZERO WIDTH SPACE"),
        ("\u200d", "U+200D ZERO WIDTH JOINER"),
        ("\u200e", "U+200E LEFT-TO-RIGHT MARK"),
        ("\u200f", "U+200F RIGHT-TO-LEFT MARK"),
        ("\u2028", "U+2028 LINE SEPARATOR"),
        ("\u2029", "U+2029 PARAGRAPH SEPARATOR"),
        ("\u202a", "U+202A LEFT-TO-RIGHT EMBEDDING"),
        ("\u202e", "U+202E RIGHT-TO-LEFT OVERRIDE"),
        ("\u2060", "U+2060 WORD JOINER"),
        ("\u2066", "U+2066 LEFT-TO-RIGHT ISOLATE"),
        ("\u2069", "U+2069 POP DIRECTIONAL ISOLATE"),
        ("\u3164", "U+3164 HANGUL FILLER"),
        ("\ufeff", "U+FEFF ZERO WIDTH NO-BREAK SPACE"),
        ("\U000e0041", "U+E0041 TAG LATIN CAPITAL LETTER A"),
    ],
)
def test_a_hidden_character_is_refused_with_file_line_and_name_wherever_a_reader_would_take_it(
    tmp_path: Path, char: str, name: str
) -> None:
    said = f"found {name}, which readers would not see; remove it"
    assert problems(tmp_path, f"# 제목\n\n본문{char}입니다.\n") == [f"docs/a.md:3: {said}"]
    assert problems(tmp_path, SHOWS, a_console=f"$ echo a\na\n$ echo {char}b\n") == [f"snippets/a.console:3: {said}"]
    assert problems(tmp_path, f"x\n\n``` console\n$ echo {char}\n```\n", "a.md") == [f"a.md:4: {said}"]
    shown = problems(tmp_path, f"# {char}")
    assert not [line for line in shown if char in line]


def test_the_same_holds_for_files_variants_titles_comments_and_what_is_for_reading_only(tmp_path: Path) -> None:
    page = (
        f'{SHOWS}\n``` title="Dockerfile"\n--8<-- "b.Dockerfile"\n```\n<!--\n\u202e\n-->\n'
        '``` powershell title="a\u200bb"\nx\u2066\n```\n'
    )
    variant = {"a@26_console": "$ true \u202e\n"}
    (tmp_path / "snippets").mkdir()
    (tmp_path / "snippets/a@26.console").write_text(variant["a@26_console"], "utf-8")
    found = problems(tmp_path, page, a_console="$ true\n", b_Dockerfile="FROM busybox\nRUN true \u2067# x\n")
    assert [line.rpartition(": found ")[0] for line in found] == [
        "docs/a.md:9", "docs/a.md:11", "docs/a.md:12", "snippets/a@26.console:1", "snippets/b.Dockerfile:2",
    ]  # fmt: skip


def test_what_a_command_printed_may_hold_what_a_terminal_obeys(tmp_path: Path) -> None:
    output = "$ ls --color\n\x1b[01;34mbin\x1b[0m\u200b\n$ true\n"
    assert problems(tmp_path, SHOWS, a_console=output) == []
    assert problems(tmp_path, f"``` console\n{output}```\n", "a.md") == []
    assert (
        problems(tmp_path, f"- a\n\n    ``` console\n    {output.replace(chr(10), chr(10) + '    ')}```\n", "a.md")
        == []
    )


def test_a_snippet_that_is_shown_twice_is_told_once(tmp_path: Path) -> None:
    assert len(problems(tmp_path, SHOWS * 2, a_console="$ true \u202e\n")) == 1


@pytest.mark.parametrize("written", ["&#8238;", "&#x202e;", "&rlm;", "&zwnj;", "&shy;", "&ZeroWidthSpace;"])
def test_a_hidden_character_that_html_writes_is_refused_in_prose_and_text_in_a_fence(
    tmp_path: Path, written: str
) -> None:
    [found] = problems(tmp_path, f"본문 {written}\n\n``` html\n{written}\n```\n")
    assert found.startswith("docs/a.md:1: found a reference to U+")


def test_a_hidden_character_that_yaml_writes_is_refused(tmp_path: Path) -> None:
    page = '---\ntitle: "a\\u202eb"\nquestions:\n  - "a\\eb"\n---\n# 제목\n'
    assert problems(tmp_path, page) == [
        "docs/a.md:2: found U+202E RIGHT-TO-LEFT OVERRIDE in `title`, which readers would not see; remove it",
        "docs/a.md:3: found U+001B ESCAPE in `questions`, which readers would not see; remove it",
    ]


@pytest.mark.parametrize(
    "text",
    ["\ufeff# 제목\n", "# 제목\r\n\r\n탭\there\r\n", "# 👩‍💻 👨‍👩‍👧 ❤️‍🔥 ✅️\n", "&amp; &nbsp; &lt;\n", "# é 한글\n"],
)
def test_what_people_write_is_no_problem(tmp_path: Path, text: str) -> None:
    assert problems(tmp_path, text) == []


@pytest.mark.parametrize("title", ["..", ".", "x/", "x/..", "x/.", "/", "/tmp/"])
def test_a_title_that_names_a_folder_is_refused_where_a_file_is_to_be_written(tmp_path: Path, title: str) -> None:
    said = f"`{title}` names a folder and no file; end the title with the file's name"
    page = f'# 제목\n\n``` title="{title}"\n--8<-- "a.txt"\n```\n'
    assert problems(tmp_path, page, a_txt="x\n") == [f"docs/a.md:3: {said}"]
    assert problems(tmp_path, f'``` yaml title="{title}"\nx\n```\n', "a.md") == [f"a.md:1: {said}"]


@pytest.mark.parametrize("title", ["x", "app/main.py", "../x", "/etc/x", ".env", "..x", "~/x", "내 글.txt"])
def test_a_title_that_names_a_file_is_one(tmp_path: Path, title: str) -> None:
    assert problems(tmp_path, f'``` title="{title}"\n--8<-- "a.txt"\n```\n', a_txt="x\n") == []


def test_an_include_whose_name_no_file_can_have_names_none(tmp_path: Path) -> None:
    (tmp_path / "snippets").mkdir()
    [found] = problems(tmp_path, f'``` console\n--8<-- "{"a" * 300}.console"\n```\n')
    assert found.startswith("docs/a.md:2: the include names no file: `aaa")
