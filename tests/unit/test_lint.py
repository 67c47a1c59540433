"""What the check of the pages as texts finds, each with its place; and what it leaves alone."""

import http.server
from collections.abc import Iterator
from pathlib import Path

import pytest

from harness.claims import glossary
from lint import links, style, terms
from lint.__main__ import find, main
from lint.prose import prose
from lint.spelling import KOREAN, LATIN, Language, SpellingError, check
from unit.conftest import served

GLOSSARY = """# 용어집

컨테이너 (container)
:   격리해 실행한 프로세스입니다.
:   쓰지 않는 말: 콘테이너

디렉터리 (directory)
:   파일을 담는 곳입니다.
:   쓰지 않는 말: 디렉토리

셸 (shell)
:   명령을 실행하는 프로그램입니다.
:   쓰지 않는 말: 쉘
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "docs").mkdir()
    (tmp_path / "snippets").mkdir()
    (tmp_path / "docs" / "glossary.md").write_text(GLOSSARY, "utf-8")
    return tmp_path


def findings(root: Path, text: str) -> list[str]:
    (root / "docs" / "page.md").write_text(text, "utf-8")
    return [str(finding) for finding in find([root / "docs" / "page.md"], root)]


def words(text: str) -> list[str]:
    """The words of a page that hunspell is asked about."""
    lines = list(prose(text))
    return [word for line in lines for one in (KOREAN, LATIN) for word in one.word.findall(line.text)]


def replaced(text: str) -> list[tuple[int, str, str]]:
    return list(terms.replaced(prose(text), glossary.terms(GLOSSARY)))


def test_a_misspelt_korean_word_is_found_with_its_line_and_what_may_have_been_meant(root: Path) -> None:
    [found] = findings(root, "# 시작\n\n섈을 엽니다.\n")
    assert found.startswith("docs/page.md:3: `섈을` is no word that is known; did you mean `")
    assert found.endswith("? or add it to tests/lint/words.ko.txt")


def test_a_misspelt_latin_word_is_found_in_korean_prose(root: Path) -> None:
    [found] = findings(root, "태그는 lastest입니다.\n")
    assert found.startswith("docs/page.md:1: `lastest` is no word that is known; did you mean `")
    assert "words.en.txt" in found


def test_a_word_that_the_glossary_replaces_is_found_once_with_the_right_one(root: Path) -> None:
    assert findings(root, "# 글\n\n쉘에서 콘테이너를 봅니다.\n") == [
        "docs/page.md:3: `쉘` is not the guide's word; write `셸`, as docs/glossary.md has it",
        "docs/page.md:3: `콘테이너` is not the guide's word; write `컨테이너`, as docs/glossary.md has it",
    ]


@pytest.mark.parametrize(("written", "right"), [("콘테이너", "컨테이너"), ("디렉토리", "디렉터리"), ("쉘", "셸")])
def test_what_is_replaced_is_found_whatever_particle_follows(written: str, right: str) -> None:
    assert replaced(f"글\n이 {written}에서\n`{written}`\n") == [(2, written, right)]


def test_the_glossary_may_name_the_words_that_it_replaces(root: Path) -> None:
    assert list(find([root / "docs" / "glossary.md"], root)) == []


def test_a_number_apart_from_its_unit_is_found(root: Path) -> None:
    assert findings(root, "10 초 뒤입니다.\n") == ["docs/page.md:1: `10 초`: a unit stands at its number; write `10초`"]


@pytest.mark.parametrize(("written", "right"), [("20 MiB를", "20MiB"), ("8080 번", "8080번"), ("0.5 초마다", "0.5초")])
def test_a_unit_is_one_whatever_particle_follows(written: str, right: str) -> None:
    assert [found[2] for found in terms.apart(prose(f"{written} 뒤입니다."))] == [right]


@pytest.mark.parametrize("written", ["10초", "20MiB", "2021년 12월 31일", "버전 29 번역", "셋 개", "`10 초`"])
def test_a_number_at_its_unit_is_fine(written: str) -> None:
    assert list(terms.apart(prose(f"{written} 뒤입니다."))) == []


@pytest.mark.parametrize(
    "text",
    [
        "`섈을` 씁니다.",
        "``섈`을`` 씁니다.",
        "``` console\n섈을 lastest\n```",
        "    ``` console\n    섈을\n    ```",
        "[링크](https://example.com/섈을/lastest)",
        "<https://example.com/lastest> 링크",
        "<!-- 섈을 lastest -->",
        "<!--\n섈을\n-->",
        "--8<--\n; lastest\n--8<--",
        "---\nhide:\n  - lastest\n---\n글",
        '글 {: .lastest }',
        "lastest.example.com과 /etc/lastest와 --lastest",
        "`docker`는, 3초마다, *)를",
    ],
)  # fmt: skip
def test_code_addresses_and_particles_are_no_words_to_check(text: str) -> None:
    assert [word for word in words(text) if word not in ("글", "링크", "씁니다")] == []


@pytest.mark.parametrize(
    "text",
    [
        "---\ntitle: 섈을\n---\n글",
        "---\nunchecked:\n  page/one.console: 섈을 열어야 합니다\n---\n글",
        "[섈을](https://example.com)",
        "**섈을** 엽니다.",
        '!!! note "섈을"\n    글',
        "- 섈을",
        "| 섈을 | 글 |",
        "    섈을",
        "용어\n:   섈을",
    ],
)
def test_what_readers_see_is_checked_wherever_it_stands(text: str) -> None:
    assert "섈을" in words(text)


def test_a_link_in_a_word_does_not_split_it() -> None:
    assert [line.text for line in prose("[이미지](images.md)를 봅니다.")] == ["이미지를 봅니다."]


def test_a_link_to_no_page_and_to_no_anchor_are_found(root: Path) -> None:
    (root / "docs" / "other.md").write_text("# 제목\n\n## `docker` 보기\n\n## 같은 말\n\n## 같은 말\n", "utf-8")
    page = root / "docs" / "page.md"
    there = "[글](other.md#docker-보기)\n[글](other.md#같은-말_1)\n"
    page.write_text(there + "[글](none.md)\n[글](other.md#없음)\n[글](#없음)\n# 글\n", "utf-8")
    assert list(links.broken(page, page.read_text("utf-8"), root / "docs")) == [
        (3, "the link leads to no file: `none.md`; write the path of a file under docs/"),
        (4, "other.md has no anchor `#없음`; it has: 제목, docker-보기, 같은-말, 같은-말_1"),
        (5, "this page has no anchor `#없음`; it has: 글"),
    ]


def test_an_anchor_may_be_set_by_hand() -> None:
    assert links.anchors('## 제목 {#here}\n\n<a id="there"></a>\n') == ["here", "there"]


def test_a_dead_include_is_found(root: Path) -> None:
    page = '``` console\n--8<-- "page/none.console"\n```\n\nwrite `--8<-- "page/other.console"`\n'
    assert list(links.dead_includes(page, root)) == [
        (2, "the include names no file: `page/none.console`; write the file snippets/page/none.console")
    ]


@pytest.mark.parametrize("picture", ["![](page.md)", '<img src="page.md">', "<svg viewBox='0 0 1 1'>"])
def test_a_picture_without_a_text_is_found(root: Path, picture: str) -> None:
    [(line, message)] = links.without_text(f"글\n글 {picture}\n", root)
    assert (line, message.partition(";")[0]) == (2, f"a picture without a text: `{picture}`")


@pytest.mark.parametrize("picture", ["![그림](page.md)", '<img src="page.md" alt="그림">', '<svg aria-label="그림">'])
def test_a_picture_with_a_text_is_fine(root: Path, picture: str) -> None:
    assert list(links.without_text(f"글 {picture}\n", root)) == []


def test_a_drawn_picture_is_held_to_the_same_where_it_is_included(root: Path) -> None:
    (root / "one.svg").write_text('<figure>\n<svg role="img">\n</svg>\n</figure>\n')
    [(line, message)] = links.without_text('글\n\n--8<-- "one.svg"\n', root)
    assert (line, message.partition(";")[0]) == (3, 'a picture without a text: `<svg role="img">`')


def test_links_pictures_and_includes_are_among_the_findings_in_the_order_of_their_lines(root: Path) -> None:
    found = findings(root, '섈을\n\n[글](none.md)\n\n![](page.md)\n\n    --8<-- "none"\n')
    assert [line.split(":")[1] for line in found] == ["1", "3", "5", "7"]


def test_what_is_found_ends_with_status_1_and_nothing_with_0(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([], root) == 0
    assert "1 pages: nothing found" in capsys.readouterr().out
    findings(root, "쉘\n")
    assert main([str(root / "docs" / "page.md")], root) == 1
    assert "docs/page.md:1: `쉘`" in capsys.readouterr().out


def test_a_missing_hunspell_is_said_without_a_traceback(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    monkeypatch.setenv("PATH", str(root))
    with pytest.raises(SystemExit, match=r"hunspell is missing; install it \(on Debian"):
        main([], root)


def test_a_missing_dictionary_is_said() -> None:
    with pytest.raises(SpellingError, match="no dictionary xx_XX"):
        check(["글"], Language("xx_XX", KOREAN.own, KOREAN.word))


@pytest.fixture
def site() -> Iterator[str]:
    """A site with one page."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response({"/there": 200, "/busy": 429}.get(self.path, 404))
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Tests are quiet."""

    with served(Handler) as address:
        yield address


def test_only_a_page_that_is_gone_is_found_among_the_links_to_other_sites(
    root: Path, site: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (root / "docs" / "page.md").write_text(f"[글]({site}/there#x)\n[글]({site}/busy)\n[글]({site}/gone)\n", "utf-8")
    assert main(["--external"], root) == 1
    assert f"docs/page.md:3: {site}/gone: the site answers 404; link to what has taken its place\n" in (
        shown := capsys.readouterr().out
    )
    assert shown.count("docs/page.md") == 1


def test_a_site_that_cannot_be_reached_is_found(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (root / "docs" / "page.md").write_text("[글](http://127.0.0.1:1/there)\n", "utf-8")
    assert main(["--external"], root) == 1
    assert "docs/page.md:1: http://127.0.0.1:1/there: the site cannot be reached (" in capsys.readouterr().out


def test_links_to_other_sites_are_asked_only_on_demand(root: Path) -> None:
    assert findings(root, "[글](http://127.0.0.1:1/there)\n") == []
    assert list(links.external("[글](a.md) `[글](http://a)` [글](http://b)")) == [(1, "http://b")]


@pytest.mark.parametrize("phrase", style.PHRASES, ids=[phrase.form for phrase in style.PHRASES])
def test_a_clumsy_phrase_is_found_and_its_right_form_is_not(phrase: style.Phrase) -> None:
    assert [instead for _, _, instead in style.clumsy(prose(f"{phrase.seen}\n"))] == [phrase.instead]
    assert list(style.clumsy(prose(f"{phrase.not_this}\n"))) == []


def test_a_clumsy_phrase_is_told_with_what_to_write(root: Path) -> None:
    assert findings(root, "# 시작\n\n저마다 실행합니다.\n") == [
        "docs/page.md:3: `저마다` is not how the guide speaks; write 각각"
    ]


@pytest.mark.parametrize("heading", ["## 어떤 이미지를 고를까", "## 무엇이 다른가요?", "### 왜 느릴까요", "## Why?"])
def test_a_heading_that_is_a_question_is_found(heading: str) -> None:
    assert list(style.questions(prose(f"# 시작\n\n{heading}\n"))) == [3]


def test_headings_that_name_their_section_and_questions_in_the_text_are_left_alone() -> None:
    assert list(style.questions(prose("# 개요\n\n## 필요\n\n## 이미지 고르기\n\n왜 느릴까요?\n"))) == []
