"""What a page is as plain Markdown."""

import shutil
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from harness.evidence.facts import Lane, Outcome, digest
from harness.project import ROOT
from harness.site import inputs
from harness.site.inputs import Project
from harness.site.plain import plain
from harness.site.proofs import Proof

PAGE = """\
---
title: 이미지
description: 설명
questions: [어떻게]
---

# 이미지

--8<--
; for Zensical
--8<--

- 목록

    ``` console
    --8<-- {}
    ```
"""


def project(root: Path, proofs: Mapping[str, Proof] = {}) -> Project:
    """The project at `root`, of whose texts these are the proofs."""
    return replace(inputs.read(root), proofs=proofs)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "docs").mkdir()
    (tmp_path / "tests" / "labs").mkdir(parents=True)
    shutil.copy(ROOT / "tests" / "labs" / "engines.toml", tmp_path / "tests" / "labs")
    (tmp_path / "snippets" / "images").mkdir(parents=True)
    (tmp_path / "snippets" / "images" / "list.console").write_text("$ docker images\n\n$ ls\n", "utf-8")
    return tmp_path


@pytest.mark.parametrize("include", ['"images/list.console"', "'images/list.console'"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_an_include_is_replaced_by_its_file_which_is_a_source_of_the_page(root: Path, include: str, mark: str) -> None:
    (root / "docs" / "images.md").write_text(mark + PAGE.format(include), "utf-8")
    page = plain(root / "docs" / "images.md", project(root))
    assert page.text == (
        "# 이미지\n\n- 목록\n\n    ``` console\n    $ docker images\n\n    $ ls\n    ```\n\n    > 확인하지 않음\n"
    )  # fmt: skip
    assert list(page.sources) == ["docs/images.md", "snippets/images/list.console"]


def test_what_the_page_says_of_itself_is_kept_apart(root: Path) -> None:
    (root / "docs" / "images.md").write_text(PAGE.format('"images/list.console"'), "utf-8")
    page = plain(root / "docs" / "images.md", project(root))
    assert (page.title, page.description, page.questions) == ("이미지", "설명", ["어떻게"])


def test_a_page_that_says_nothing_of_itself_is_called_by_its_file(root: Path) -> None:
    (root / "docs" / "a.md").write_text("\n글\n", "utf-8")
    page = plain(root / "docs" / "a.md", project(root))
    assert (page.title, page.text, page.address) == ("a.md", "\n글\n", "a.html")


def test_an_example_says_whether_when_and_on_what_it_was_verified(root: Path) -> None:
    (root / "docs" / "images.md").write_text(PAGE.format('"images/list.console"'), "utf-8")
    text = (root / "snippets" / "images" / "list.console").read_text("utf-8")
    proof = Proof(Outcome.PASSED, ("28.5.2",), started="2026-11-24T08:00:00+00:00", images=Lane.STANDIN)
    page = plain(root / "docs" / "images.md", project(root, {digest(text): proof}))
    assert page.text.splitlines()[-1] == "    > 확인됨 · Docker 28.5.2 · 2026-11-24 · 대체 이미지"


def test_a_table_that_only_the_site_knows_is_a_link_to_it(root: Path) -> None:
    (root / "docs" / "status.md").write_text("# 현황\n\n``` status\n```\n", "utf-8")
    assert plain(root / "docs" / "status.md", project(root)).text == (
        "# 현황\n\n[이 표는 웹 페이지에 있습니다](status.html)\n"
    )


def test_the_list_of_commands_says_what_each_does(root: Path) -> None:
    (root / "docs" / "commands.md").write_text("# 명령\n\n``` commands\n```\n", "utf-8")
    lines = plain(root / "docs" / "commands.md", project(root)).text.splitlines()
    assert lines[2] == "- `docker attach`: 실행 중인 컨테이너의 입출력에 다시 연결합니다"
    assert lines[-2:] == ["", "[이 표는 웹 페이지에 있습니다](commands.html)"]


def test_what_older_engines_print_stands_behind_the_example_with_its_own_proof(root: Path) -> None:
    (root / "docs" / "images.md").write_text(PAGE.format('"images/list.console"'), "utf-8")
    older = "$ docker images\nold\n"
    (root / "snippets" / "images" / "list@until-28c.console").write_text(older, "utf-8")
    proof = Proof(Outcome.PASSED, ("28.5.2",), started="2026-11-24T08:00:00+00:00")
    page = plain(root / "docs" / "images.md", project(root, {digest(older): proof}))
    assert page.text.partition("    ```\n")[2] == (
        "\n    > 확인하지 않음\n\n    Docker 28 이하:\n\n    ``` console\n    $ docker images\n    old\n    ```\n"
        "\n    > 확인됨 · Docker 28.5.2 · 2026-11-24\n"
    )


@pytest.mark.parametrize(("output", "explained"), [("[1]", True), ("...", True), ("[1] 42", False)])
def test_a_page_explains_at_its_end_a_sign_that_it_uses(root: Path, output: str, explained: bool) -> None:
    (root / "docs" / "images.md").write_text(PAGE.format('"images/list.console"'), "utf-8")
    (root / "snippets" / "images" / "list.console").write_text(f"$ false\n{output}\n", "utf-8")
    page = plain(root / "docs" / "images.md", project(root))
    assert ("\n---\n\n출력 아래에 `[1]`처럼" in page.text) == explained
