"""What is done with what is saved: which pages are proved, in which order, and what is said of them."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from harness.claims.pages import Page
from harness.evidence import files
from harness.evidence.facts import BlockFact, Lane, Outcome, PageFact, digest
from harness.lab.machine import Machine
from harness.serve.preview import Preview
from harness.serve.proving import Proved, Prover, Told
from harness.serve.server import Site
from harness.serve.serving import Serving
from harness.site.one_page import Pages

ENGINES = '[[engine]]\nname = "28"\nsuite = "forky"\n'


class Shown(Preview):
    """A preview that writes down which pages it shows; `broken` is raised for one of them."""

    def __init__(self, root: Path, site: Site) -> None:
        super().__init__(root, site, root)
        self.is_stale = False
        self.shown: list[str] = []
        self.broken: Exception | None = None

    def get_ready(self) -> Pages:
        raise AssertionError

    def build_page(self, path: Path) -> list[str]:
        self.shown.append(path.stem)
        if self.broken:
            raise self.broken
        return []


class Proving(Prover):
    """A prover that writes down what it is asked, and lets every command print `one`."""

    def __init__(self, root: Path) -> None:
        super().__init__(root, "28", ["28"], Lane.STANDIN, lambda bounds: Machine(lambda kind: pytest.fail("a lab")))
        self.asked: list[tuple[str, int, bool]] = []
        self.meanwhile: Callable[[], object] = lambda: None
        self.is_doubtful = False
        self.looked_at: list[str] = []

    def get_ready_for(self, page: Page) -> None:
        self.looked_at.append(page.path.stem)

    def prove(
        self, page: Page, changed: int, told: Told, is_old: Callable[[], bool], *, afresh: bool = False
    ) -> Proved | None:
        self.asked.append((page.path.stem, changed, afresh))
        self.meanwhile()
        if is_old():
            return None
        fact = PageFact(f"docs/{page.path.name}", "28", "28.5.2", Lane.STANDIN, "2026-11-24T08:00:00+00:00")
        for block in page.blocks:
            outcome = Outcome.PASSED if block.text.endswith("one\n") else Outcome.UNCHECKED
            file = f"snippets/{block.snippet}"
            fact.blocks.append(BlockFact(block.line, "session", block.snippet, file, digest(block.text), [], outcome))
            told(fact, fact.blocks[-1])
        files.write_page(self._root / "build" / "evidence", fact)
        return Proved(fact, self.is_doubtful and not afresh)


class Project:
    """A project, and the one who writes in it."""

    def __init__(self, root: Path) -> None:
        for folder in ("docs", "snippets", "tests/labs"):
            (root / folder).mkdir(parents=True)
        (root / "tests" / "labs" / "engines.toml").write_text(ENGINES)
        self.root = root
        self.serving = Serving(root, root)
        self.preview = self.serving._preview = Shown(root, self.serving.site)
        self.prover = Proving(root)
        self.begin = True

    def page(self, name: str, sample: str = "$ echo one\none\n", text: str = "") -> list[Path]:
        """Writes a page of one block: the files that an editor has saved."""
        paths = [self.root / "docs" / f"{name}.md", self.root / "snippets" / f"{name}.console"]
        paths[0].write_text(f'{text}``` console\n--8<-- "{name}.console"\n```\n')
        paths[1].write_text(sample)
        return paths

    def save(self, *paths: Path) -> None:
        """Saves these files, and waits until nothing is left to do."""
        if self.begin:
            self.serving.prove_with(self.prover)
            self.begin = False
        self.serving.saved(set(paths))
        self.rest()

    def rest(self) -> None:
        while not self.serving._jobs.empty() or self.serving._proving:
            job = self.serving._jobs.get(timeout=10)
            assert job
            job()

    def said(self, page: str) -> tuple[object, str]:
        """The last word on a page in the browser: its outcome, and the first line without the seconds."""
        message = self.serving.site._said[f"{page}.html"]
        return message["outcome"], str(message["text"]).partition("\n")[0].partition(" in ")[0]


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    made = Project(tmp_path)
    yield made
    made.serving.wait()
    made.prover.close()


def test_a_page_is_proved_and_shown_before_and_after_that(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    project.save(*project.page("a"))
    assert project.prover.asked == [("a", 0, False)]
    assert project.preview.shown == ["a", "a"]
    assert project.said("a") == ("passed", "docs/a.md: nothing to run")
    assert capsys.readouterr().out.startswith("docs/a.md: nothing to run in ")


def test_a_page_with_the_same_steps_is_only_shown(project: Project) -> None:
    project.save(*project.page("a"))
    project.save(*project.page("a", text="# New\n\n"))
    assert project.prover.asked == [("a", 0, False)]
    assert project.preview.shown == ["a", "a", "a"]


def test_a_page_whose_steps_were_proved_by_an_earlier_run_is_not_run(project: Project) -> None:
    project.save(*project.page("a"))
    later = Project.__new__(Project)
    later.__dict__ |= project.__dict__
    later.serving = Serving(project.root, project.root)
    later.preview = later.serving._preview = Shown(project.root, later.serving.site)
    later.begin = True
    later.save(*later.page("a", text="# New\n\n"))
    assert project.prover.asked == [("a", 0, False)]
    later.serving.wait()


def test_a_page_that_is_written_wrongly_is_told_with_its_line_and_not_run(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    page, _ = project.page("a")
    page.write_text("``` console\n")
    project.preview.broken = ValueError("also wrong")
    project.save(page)
    assert project.prover.asked == []
    assert project.said("a") == (
        "wrong",
        "docs/a.md:1: this fence is never closed; write ``` below its last line",
    )
    assert capsys.readouterr().out.count("\n") == 1
    project.preview.broken = None
    project.save(*project.page("a"))
    assert project.said("a")[0] == "passed"


def test_what_keeps_a_page_from_being_shown_is_told(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    project.preview.broken = ValueError("no such thing")
    project.save(*project.page("a"))
    assert "docs/a.md: can't be shown: no such thing\n" in capsys.readouterr().out


def test_many_pages_at_once_are_no_save_of_an_editor(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    project.save(*(path for name in "abcd" for path in project.page(name)))
    assert project.prover.asked == []
    assert "4 pages have changed at once" in capsys.readouterr().out


def test_what_was_saved_last_is_proved_first_and_the_page_before_it_afterwards(project: Project) -> None:
    def save_another() -> None:
        project.prover.meanwhile = lambda: None
        project.serving.saved(set(project.page("b")))
        job = project.serving._jobs.get()
        assert job
        job()

    project.prover.meanwhile = save_another
    project.save(*project.page("a"))
    assert [name for name, _, _ in project.prover.asked] == ["a", "b", "a"]
    assert project.said("a")[0] == project.said("b")[0] == "passed"


def test_a_verdict_in_doubt_is_looked_at_in_a_fresh_lab(project: Project) -> None:
    project.prover.is_doubtful = True
    project.save(*project.page("a"))
    assert project.prover.asked == [("a", 0, False), ("a", 0, True)]


def test_until_there_is_a_prover_pages_are_only_shown_and_proved_then(project: Project) -> None:
    project.begin = False
    project.save(*project.page("a"))
    assert (project.preview.shown, project.prover.asked) == (["a"], [])
    project.serving.prove_with(project.prover)
    project.rest()
    assert project.prover.asked == [("a", 0, False)]


def test_the_page_that_a_browser_opens_is_made_ready_also_if_labs_come_later(project: Project) -> None:
    project.page("one")
    project.page("two")
    project.serving.opened("one.html")
    project.rest()
    assert project.prover.looked_at == []
    project.serving.prove_with(project.prover)
    project.rest()
    project.serving.opened("two.html")
    project.rest()
    assert project.prover.looked_at == ["one", "two"]


@pytest.mark.parametrize("name", ["", "404.html", "../README.html", "wrong.html"])
def test_what_a_browser_opens_may_be_no_page_that_can_be_run(project: Project, name: str) -> None:
    (project.root / "README.md").write_text("``` console\n$ echo one\none\n```\n")
    (project.root / "docs" / "wrong.md").write_text('``` console\n--8<-- "nosuch.console"\n```\n')
    project.serving.prove_with(project.prover)
    project.serving.opened(name)
    project.rest()
    assert project.prover.looked_at == []


def test_a_page_that_is_opened_while_another_is_proved_is_left_alone(project: Project) -> None:
    project.page("two")
    project.prover.meanwhile = lambda: project.serving.opened("two.html")
    project.save(*project.page("one"))
    assert project.prover.looked_at == []
