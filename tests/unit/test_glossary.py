"""The terms of the glossary, and the tooltip that the first use of each gets on a page."""

import re
from pathlib import Path

import pytest
from markdown import Markdown

from harness.claims.glossary import Term, terms

GLOSSARY = """---
title: 용어집
---

# 용어집

셸 (shell)
:   명령을 `실행`하는 프로그램입니다.
:   쓰지 않는 말: 쉘, 쉘 프로그램

이미지 (image)
:   파일의 묶음입니다.

공식 이미지 (Docker Official Images)
:   도커가 관리하는 이미지입니다.
"""


@pytest.fixture(autouse=True)
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "glossary.md").write_text(GLOSSARY, "utf-8")
    monkeypatch.setattr("harness.site.glossary.PAGE", tmp_path / "glossary.md")


def html(text: str) -> str:
    return str(Markdown(extensions=["harness.site.glossary", "admonition", "def_list", "tables"]).convert(text))


def marked(text: str) -> list[str]:
    """What stands before and in each mark, without tags."""
    return [re.sub(r"<[^>]+>", "", before) for before in re.findall(r"(.*?<abbr.*?</abbr>)", html(text), re.S)]


def test_a_term_has_its_english_its_meaning_and_what_is_not_to_be_written_for_it() -> None:
    assert [
        Term("셸", "shell", "명령을 `실행`하는 프로그램입니다.", ("쉘", "쉘 프로그램"), line=7),
        Term("이미지", "image", "파일의 묶음입니다.", line=11),
        Term("공식 이미지", "Docker Official Images", "도커가 관리하는 이미지입니다.", line=14),
    ] == terms(GLOSSARY)


def test_a_mark_says_what_the_term_means_and_is_reached_by_keyboard_and_finger() -> None:
    meaning = "shell: 명령을 실행하는 프로그램입니다."
    said = f'aria-description="{meaning}" class="term" tabindex="0"'
    assert html("셸을 엽니다.") == f"<p><abbr {said}>셸</abbr>을 엽니다.</p>"


def test_only_the_first_use_on_a_page_is_marked() -> None:
    assert marked("이미지의 이미지, *이미지*\n\n이미지") == ["이미지"]


def test_several_terms_in_one_text_keep_their_order_and_what_stands_between() -> None:
    assert re.sub(r"<[^>]+>", "", html("이 셸과 그 이미지를, 셸로")) == "이 셸과 그 이미지를, 셸로"
    assert marked("이 셸과 그 이미지를, 셸로") == ["이 셸", "과 그 이미지"]


def test_text_after_an_element_is_marked_too() -> None:
    assert marked("**모든 것** 이미지를 봅니다.") == ["모든 것 이미지"]


def test_the_longer_term_wins() -> None:
    assert marked("공식 이미지와 이미지") == ["공식 이미지", "와 이미지"]


@pytest.mark.parametrize("text", ["이미지입니다.", "이미지(image)", "이미지.", "‘이미지’", "이미지로", "이미지"])
def test_a_term_is_one_whatever_particle_follows(text: str) -> None:
    assert [mark.strip("‘") for mark in marked(text)] == ["이미지"]


@pytest.mark.parametrize("text", ["이미지화", "셸터", "내이미지", "셸x"])
def test_a_term_in_another_word_is_none(text: str) -> None:
    assert marked(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "# 이미지", "### 이미지", "[이미지](a.md)", "`이미지`", "    이미지", '!!! note "이미지"\n    글',
        "|글|\n|---|\n|이미지|",
    ],
)  # fmt: skip
def test_headings_links_tables_and_code_stay_as_they_are(text: str) -> None:
    assert marked(text) == []


def test_a_use_in_a_heading_does_not_count_as_the_first() -> None:
    assert marked("# 이미지\n\n이미지를 봅니다.") == ["이미지\n이미지"]


def test_the_glossary_itself_has_no_marks() -> None:
    assert marked(GLOSSARY.partition("---\n\n")[2]) == []


def test_each_page_begins_anew() -> None:
    converter = Markdown(extensions=["harness.site.glossary"])
    assert [converter.reset().convert("이미지")[3:8] for _ in range(2)] == ["<abbr", "<abbr"]


def test_the_guide_has_each_term_and_each_word_not_to_be_written_once() -> None:
    own = terms((Path(__file__).parents[2] / "docs" / "glossary.md").read_text("utf-8"))
    words = [word for term in own for word in (term.name, *term.instead_of)]
    assert sorted(set(words)) == sorted(words)
    assert len(own) > 30
