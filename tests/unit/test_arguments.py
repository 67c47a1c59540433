"""Which arguments of a task name pages, and which belong to pytest's options."""

import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from harness.claims.arguments import OPTIONS_WITH_VALUE, pages_and_options

ROOT = Path(__file__).parents[2]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name in ("docs", "build"):
        (tmp_path / name).mkdir()
    (tmp_path / "docs" / "a.md").write_text("# a\n")
    return tmp_path


class Session:
    """A nox session that keeps what it would run."""

    def __init__(self, *arguments: str) -> None:
        self.posargs = arguments
        self.ran: list[str] = []

    def run(self, *command: str, **_: object) -> None:
        self.ran += command


@pytest.mark.parametrize(
    ("arguments", "pages"),
    [
        ("docs/a.md --engine 26", ["docs/a.md"]),
        ("docs/a.md::28 docs", ["docs/a.md::28", "docs"]),
        ("-x docs/a.md", ["docs/a.md"]),
        ("--course docs/a.md", ["docs/a.md"]),
        ("-k build", []),
        ("-k docs docs", ["docs"]),
        ("--junit-xml build", []),
        ("--engine=26", []),
        ("docs/none.md", []),
        ("", []),
    ],
)
def test_a_page_is_what_exists_and_is_no_value_of_an_option(root: Path, arguments: str, pages: list[str]) -> None:
    assert pages_and_options(arguments.split(), root)[0] == pages


def test_what_is_no_page_stays_in_its_order(root: Path) -> None:
    assert pages_and_options(["-k", "docs", "docs", "-v"], root) == (["docs"], ["-k", "docs", "-v"])


@pytest.mark.parametrize(
    ("arguments", "pages"),
    [(["-k", "build"], ["docs", "snippets"]), (["docs/images.md", "-x"], []), ([], ["docs", "snippets"])],
)
def test_a_task_runs_all_pages_where_none_is_named(tasks: ModuleType, arguments: list[str], pages: list[str]) -> None:
    session = Session(*arguments)
    tasks.pages(session)
    assert session.ran[-len(arguments + pages) :] == arguments + pages


def test_the_options_that_take_a_value_are_those_of_pytest_s_help() -> None:
    """`-n N, --numprocesses=N`, `--tb=style`; not `--cache-show=[CACHESHOW]`, whose value may be missing."""
    asked = [sys.executable, "-m", "pytest", "-p", "harness.plugin", "--help"]
    shown = subprocess.run(asked, cwd=ROOT, env={"PYTHONPATH": "tests"}, capture_output=True, text=True, check=True)
    lines = re.findall(r"^  (-.*?)(?:  .*)?$", shown.stdout, re.MULTILINE)
    named = [option for line in lines for option in line.split(", ")]
    assert {
        match[1] for option in named if (match := re.fullmatch(r"(-[-\w]+)[ =][^\[].*", option))
    } == OPTIONS_WITH_VALUE
