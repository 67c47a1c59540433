"""What of a save has a page run, and from which block on."""

from pathlib import Path
from queue import SimpleQueue

import pytest

from harness.claims import pages
from harness.claims.samples import sample
from harness.evidence.facts import BlockFact, Lane, Outcome, PageFact, digest
from harness.serve.saves import Steps, steps
from harness.serve.watching import is_editors, watching

ENGINES = ["28", "29"]


def read(root: Path, *shown: str, before: str = "", front: str = "") -> Steps:
    """The steps of a page with these sessions, on 28."""
    for folder in ("docs", "snippets"):
        (root / folder).mkdir(exist_ok=True)
    text = (f"---\n{front}\n---\n" if front else "") + before
    for number, session in enumerate(shown):
        (root / "snippets" / f"{number}.console").write_text(session)
        text += f'\n``` console\n--8<-- "{number}.console"\n```\n'
    path = root / "docs" / "page.md"
    path.write_text(text)
    page = pages.read(path, root, ENGINES)
    return steps(page, [sample(page, block, root, "28", ENGINES) for block in page.blocks])


def test_a_page_with_another_text_and_the_same_steps_is_the_same(tmp_path: Path) -> None:
    assert read(tmp_path, "$ true\n") == read(tmp_path, "$ true\n", before="# New\n\ntext\n", front="title: Other")


@pytest.mark.parametrize(
    ("now", "first"),
    [
        (["$ a\n", "$ b\n", "$ c\n"], 3),
        (["$ a\n", "$ b\nprinted\n", "$ c\n"], 1),
        (["$ a\n", "$ b\n"], 2),
        (["$ a\n", "$ b\n", "$ c\n", "$ d\n"], 3),
        (["$ b\n", "$ c\n"], 0),
    ],
)
def test_a_page_is_run_from_the_first_block_on_that_is_another(tmp_path: Path, now: list[str], first: int) -> None:
    before = read(tmp_path, "$ a\n", "$ b\n", "$ c\n")
    assert read(tmp_path, *now).first_changed(before) == first


@pytest.mark.parametrize("front", ["timeout: 10", "memory: 4g", "machine: no-engine"])
def test_a_page_with_another_machine_is_run_from_its_beginning(tmp_path: Path, front: str) -> None:
    before = read(tmp_path, "$ a\n", "$ b\n")
    assert read(tmp_path, "$ a\n", "$ b\n", front=front).first_changed(before) == 0


def test_a_page_that_was_not_seen_before_is_run_from_its_beginning(tmp_path: Path) -> None:
    assert read(tmp_path, "$ a\n").first_changed(None) == 0


def test_a_variant_for_another_engine_is_no_change(tmp_path: Path) -> None:
    before = read(tmp_path, "$ a\n")
    (tmp_path / "snippets" / "0@until-28.console").write_text("$ a\nold\n")
    assert read(tmp_path, "$ a\n").first_changed(before) == 0
    (tmp_path / "snippets" / "0.console").write_text("$ a\nnew\n")
    assert read(tmp_path, "$ a\nnew\n") == read(tmp_path, "$ a\nnewer\n")


@pytest.mark.parametrize(
    ("outcomes", "texts", "first"),
    [
        ([Outcome.PASSED, Outcome.UNCHECKED], ["$ a\n", "$ b\n"], None),
        ([Outcome.PASSED, Outcome.PASSED], ["$ a\n", "$ other\n"], 1),
        ([Outcome.DIFFERS, Outcome.PASSED], ["$ a\n", "$ b\n"], 0),
        ([Outcome.PASSED, Outcome.BROKEN], ["$ a\n", "$ b\n"], 1),
        ([Outcome.PASSED], ["$ a\n"], 1),
        ([Outcome.PASSED] * 3, ["$ a\n", "$ b\n", "$ c\n"], 2),
        ([], [], 0),
    ],
)
def test_the_first_block_that_is_unproved_has_not_passed_as_it_is(
    tmp_path: Path, outcomes: list[Outcome], texts: list[str], first: int | None
) -> None:
    fact = PageFact("docs/page.md", "28", "28.5.2", Lane.STANDIN, "2026-11-24T08:00:00+00:00")
    for outcome, text in zip(outcomes, texts, strict=True):
        fact.blocks.append(BlockFact(1, "session", "0.console", "snippets/0.console", digest(text), [], outcome))
    assert read(tmp_path, "$ a\n", "$ b\n").first_unproved(fact) == first


def test_of_a_page_that_never_ran_all_is_unproved(tmp_path: Path) -> None:
    assert read(tmp_path, "$ a\n").first_unproved(None) == 0


@pytest.mark.parametrize(
    ("name", "editors"),
    [
        ("images.md", False),
        ("run.console", False),
        (".images.md.swp", True),
        ("images.md~", True),
        ("4913", True),
        ("#images.md#", True),
    ],
)
def test_an_editors_own_files_are_no_saves(name: str, editors: bool) -> None:
    assert is_editors(Path("docs", name)) is editors


def test_what_an_editor_puts_in_the_place_of_a_file_is_saved_and_nothing_beside_it(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    settings, page = tmp_path / "mkdocs.yml", tmp_path / "docs" / "page.md"
    settings.write_text("old")
    saved: SimpleQueue[set[Path]] = SimpleQueue()
    with watching([tmp_path / "docs", settings], saved.put):
        for file in (settings, page):
            (tmp_path / "other.txt").write_text("new")
            new = file.with_name(f".{file.name}.new")
            new.write_text("new")
            new.replace(file)
            assert saved.get(timeout=20) == {file}
