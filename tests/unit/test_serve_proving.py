"""What is typed when a page is saved again, in labs that are shells of this machine: only what isn't known yet."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Timer

import pytest

from harness.claims import pages
from harness.claims.pages import Page
from harness.evidence import files
from harness.evidence.facts import Lane, PageFact
from harness.lab.bounds import Bounds
from harness.lab.host import Host
from harness.lab.machine import Machine
from harness.lab.outer.faults import LabError
from harness.serve import proving
from harness.serve.proving import Prover
from harness.serve.saves import Steps
from unit.local_host import LocalHost

ENGINES = ["20.10", "28", "29"]
TYPED = "typed"  # the file in a lab's home that says what was typed there


class Project:
    """A project of one page, whose blocks write down that they were typed, and the labs that it was run in."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.homes: list[Path] = []  # of all labs that were opened
        self.open: set[Path] = set()
        self.prover = Prover(root, "28", ENGINES, Lane.STANDIN, lambda bounds: Machine(self._open))
        self.before: Steps | None = None
        self.is_doubtful = False  # the last verdict
        (root / "docs").mkdir()
        (root / "snippets").mkdir()

    @contextmanager
    def _open(self, kind: str) -> Iterator[Host]:
        host = LocalHost(self.root / f"lab{len(self.homes)}")
        self.homes.append(host.home)
        self.open.add(host.home)
        yield host
        self.open.remove(host.home)

    def save(self, *samples: str, front: str = "", is_old: bool = False, afresh: bool = False) -> PageFact | None:
        """Saves the page with these samples, a block each, and proves it; then waits for the labs of the next save."""
        page = self.write(*samples, front=front)
        steps = self.prover.steps(page)
        first, self.before = steps.first_changed(self.before), steps
        proved = self.prover.prove(page, first, lambda *_: None, lambda: is_old, afresh=afresh)
        self.wait()
        self.is_doubtful = bool(proved and proved.is_doubtful)
        return proved.fact if proved else None

    def look(self, *samples: str) -> None:
        """Opens the page with these samples, a block each; then waits for the labs of its first save."""
        self.prover.get_ready_for(self.write(*samples))
        self.wait()

    def write(self, *samples: str, front: str = "") -> Page:
        text = f"---\n{front}\n---\n" if front else ""
        for number, sample in enumerate(samples):
            (self.root / "snippets" / f"{number}.console").write_text(sample)
            text += f'``` console\n--8<-- "{number}.console"\n```\n'
        (self.root / "docs" / "page.md").write_text(text)
        return pages.read(self.root / "docs" / "page.md", self.root, ENGINES)

    def wait(self) -> None:
        assert self.prover._ready
        self.prover._ready.result()

    @property
    def typed(self) -> list[list[str]]:
        """What was typed in each lab that was opened."""
        return [(home / TYPED).read_text().split() if (home / TYPED).exists() else [] for home in self.homes]


def step(word: str, shown: str = "") -> str:
    """A sample whose command writes down `word`, and prints it."""
    return f"$ echo {word} | tee -a {TYPED}\n{shown or word}\n"


def outcomes(fact: PageFact | None) -> list[str]:
    assert fact
    return [str(block.outcome) for block in fact.blocks]


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    made = Project(tmp_path)
    yield made
    made.prover.close()
    assert made.open == set()


def test_a_sample_that_was_wrong_is_judged_by_what_was_printed_and_the_page_goes_on_where_it_stopped(
    project: Project,
) -> None:
    assert outcomes(project.save(step("one"), step("two", "tow"), step("three"))) == ["passed", "differs", "blocked"]
    assert project.typed == [["one", "two"], []]
    assert outcomes(project.save(step("one"), step("two"), step("three"))) == ["passed", "passed", "passed"]
    assert project.typed[0] == ["one", "two", "three"]


def test_a_sample_that_no_longer_fits_is_told_without_typing_anything(project: Project) -> None:
    project.save(step("one"), step("two"))
    assert outcomes(project.save(step("one", "eno"), step("two"))) == ["differs", "blocked"]
    assert project.typed[0] == ["one", "two"]


def test_another_command_is_run_in_a_lab_that_has_typed_what_stands_before_it(project: Project) -> None:
    project.save(step("one"), step("two"), step("three"))
    assert outcomes(project.save(step("one"), step("zwei"), step("three"))) == ["passed", "passed", "passed"]
    assert project.typed == [["one", "two", "three"], ["one", "zwei", "three"], ["one"], []]
    assert outcomes(project.save(step("one"), step("dos"), step("three"))) == ["passed", "passed", "passed"]
    assert project.typed[2:] == [["one", "dos", "three"], ["one"], []]


def test_a_block_at_the_end_is_typed_in_the_lab_that_has_the_others(project: Project) -> None:
    project.save(step("one"))
    assert outcomes(project.save(step("one"), step("two"))) == ["passed", "passed"]
    assert project.typed[0] == ["one", "two"]


def test_a_page_with_another_machine_gets_another_lab(project: Project) -> None:
    project.save(step("one"))
    project.save(step("one"), front="memory: 4g")
    assert [typed for typed in project.typed if typed] == [["one"], ["one"]]


def test_the_labs_that_no_save_will_want_are_removed(project: Project) -> None:
    for word in ("one", "two", "three", "four"):
        project.save(step("first"), step(word))
    assert len(project.open) == 3


def test_a_file_that_the_reader_writes_otherwise_is_written_in_another_lab(project: Project) -> None:
    def save(text: str) -> list[str]:
        (project.root / "snippets" / "file.txt").write_text(f"{text}\n")
        written = '``` text title="file.txt"\n--8<-- "file.txt"\n```\n'
        (project.root / "docs" / "page.md").write_text(f'{written}``` console\n--8<-- "cat.console"\n```\n')
        (project.root / "snippets" / "cat.console").write_text(f"$ cat file.txt\n{text}\n")
        page = pages.read(project.root / "docs" / "page.md", project.root, ENGINES)
        proved = project.prover.prove(page, 0, lambda *_: None, lambda: False)
        return outcomes(proved and proved.fact)

    assert save("one") == save("two") == ["passed", "passed"]
    assert len({(home / "file.txt").read_text() for home in project.homes if (home / "file.txt").exists()}) == 2


def test_ids_of_the_lab_that_was_kept_are_typed_in_it(project: Project) -> None:
    enter = "$ docker run -it centos\n[root@123456789abc ~]# exit\nexit\n"
    project.save(enter, "$ echo 123456789abc\nnothing\n")
    fact = project.save(enter, "$ echo 123456789abc\n123456789abc\n")
    assert fact
    assert [step.typed for step in fact.blocks[1].steps] == ["echo 588ec8830392"]
    assert outcomes(fact) == ["passed", "passed"]


def test_the_next_save_stops_a_run_after_its_block_and_goes_on_in_its_lab(project: Project) -> None:
    project.save(step("one"))
    assert project.save(step("one"), step("two"), is_old=True) is None
    assert outcomes(project.save(step("one"), step("two"))) == ["passed", "passed"]
    assert project.typed[0] == ["one", "two"]


def test_the_evidence_says_when_what_was_judged_was_printed(project: Project) -> None:
    written = project.root / "build/evidence/28/docs/page.json"
    project.save(f"$ sleep 0.2\n{step('one')}", step("two", "tow"))
    first = files.read_page(written)
    project.save(f"$ sleep 0.2\n{step('one')}", step("two"))
    second = files.read_page(written)
    assert (second.started, second.blocks[0].started) == (first.started, first.blocks[0].started)
    assert second.blocks[0].seconds == first.blocks[0].seconds >= 0.2
    assert [block.recording for block in second.blocks] == [block.recording for block in first.blocks]


def test_what_differs_in_a_lab_that_has_waited_is_doubtful_and_not_in_a_fresh_one(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(proving, "_RESTED", 0.0)
    gone = "$ ls waited 2> /dev/null\n[2]\n"
    project.save(step("one"))
    (project.homes[0] / "waited").touch()  # as if that had come of the time
    assert outcomes(project.save(step("one"), gone)) == ["passed", "differs"]
    assert project.is_doubtful
    assert outcomes(project.save(step("one"), gone, afresh=True)) == ["passed", "passed"]
    assert not project.is_doubtful


def test_what_differs_from_what_was_printed_before_the_lab_waited_is_not_doubtful(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(proving, "_RESTED", 0.0)
    project.save(step("one"))
    assert outcomes(project.save(step("one", "eno"))) == ["differs"]
    assert not project.is_doubtful


def test_a_lab_in_which_something_broke_is_not_used_again(project: Project) -> None:
    front = "timeout: 1"
    assert outcomes(project.save(step("one"), "$ sleep 60\n", front=front)) == ["passed", "broken"]
    assert not project.is_doubtful  # it began in a fresh lab
    assert outcomes(project.save(step("one"), step("two"), front=front)) == ["passed", "passed"]
    assert ["one", "two"] in project.typed[1:]


def test_a_bound_of_the_lab_is_its_pages(project: Project) -> None:
    asked: list[Bounds] = []
    project.prover._open_machine = lambda bounds: asked.append(bounds) or Machine(project._open)  # type: ignore[func-returns-value]
    project.save(step("one"), front="memory: 4g\ndisk: 20g")
    assert {(bounds.memory, bounds.disk) for bounds in asked} == {("4g", "20g")}


def test_a_key_that_the_page_presses_later_now_is_pressed_in_another_lab(project: Project) -> None:
    def waits(shown: str) -> str:
        return f"$ echo waits | tee -a {TYPED}; echo late; sleep 30\n{shown}^C\n[130]\n"

    assert outcomes(project.save(waits("waits\nlate\n"))) == ["passed"]
    assert outcomes(project.save(waits("waits\nlate\n") + step("more"))) == ["passed"]
    assert project.typed[0] == ["waits", "more"]
    assert outcomes(project.save(waits("waits\nlate\nlater\n"), front="timeout: 2")) == ["differs"]
    assert project.typed[1] == ["waits"]


def test_a_prover_that_is_closed_starts_no_lab_any_more(project: Project) -> None:
    project.prover.close()
    with pytest.raises(LabError, match="no lab is started any more"):
        project.save(step("one"))


def test_a_lab_waits_for_the_first_save(project: Project) -> None:
    project.prover.get_ready()
    project.wait()
    assert len(project.homes) == 1
    project.save(step("one"))
    assert project.typed == [["one"], []]


def test_a_page_that_somebody_looks_at_is_typed_before_its_first_save(project: Project) -> None:
    project.look(step("one"), step("two"))
    assert project.typed == [["one", "two"], []]
    assert outcomes(project.save(step("one"), step("two", "other"))) == ["passed", "differs"]
    assert project.typed == [["one", "two"], []]


def test_a_page_that_was_saved_is_not_typed_again_when_its_browser_loads_it_anew(project: Project) -> None:
    project.save(step("one"))
    project.look(step("one"))
    assert project.typed == [["one"], []]


def test_a_page_that_was_half_typed_when_it_is_saved_goes_on_from_there(project: Project) -> None:
    gate = project.root / "gate"
    slow = f"$ echo one | tee -a {TYPED}; while [ ! -e {gate} ]; do sleep 0.01; done\none\n"
    page = project.write(slow, step("two"))
    project.prover.get_ready_for(page)
    Timer(0.3, gate.touch).start()
    proved = project.prover.prove(page, 0, lambda *_: None, lambda: False)
    assert outcomes(proved and proved.fact) == ["passed", "passed"]
    assert project.typed[0] == ["one", "two"]


def test_a_page_may_have_a_second_terminal(project: Project) -> None:
    def save(second: str) -> list[str]:
        (project.root / "snippets" / "first.console").write_text("$ cd /tmp\n")
        (project.root / "snippets" / "second.console").write_text(second)
        (project.root / "docs" / "page.md").write_text(
            '``` console\n--8<-- "first.console"\n```\n``` console title="터미널 2"\n--8<-- "second.console"\n```\n'
        )
        page = pages.read(project.root / "docs" / "page.md", project.root, ENGINES)
        proved = project.prover.prove(page, 0, lambda *_: None, lambda: False)
        return outcomes(proved and proved.fact)

    assert save("$ pwd | sed 's,.*/,,'\nelsewhere\n") == ["passed", "differs"]
    assert save("$ pwd | sed 's,.*/,,'\nlab0\n") == ["passed", "passed"]


# Stands in for docker, whose container prints two lines; of the first, only those that are asked for come.
def docker(came: int, shown: str, more: str) -> str:
    losing = f"printf 'one\\ntwo\\n' | head -n ${{seen:-{came}}}; seen=2; echo run >> {TYPED}"
    return f"$ docker() {{ {losing}; }}\n$ docker run --rm debian id\n{shown}$ echo {more} | tee -a {TYPED}\n{more}\n"


def test_a_sample_that_says_too_much_is_judged_by_what_was_typed(project: Project) -> None:
    assert outcomes(project.save(docker(2, "one\ntwo\n", "more"))) == ["passed"]
    assert outcomes(project.save(docker(2, "one\ntwo\nthree\n", "more"))) == ["differs"]
    assert outcomes(project.save(docker(2, "one\ntwo\n", "more"))) == ["passed"]
    assert list(filter(None, project.typed)) == [["run", "more"]]


def test_what_was_typed_once_more_as_the_engine_lost_its_output_is_not_lost_later(project: Project) -> None:
    assert outcomes(project.save(docker(1, "one\ntwo\n", "more"))) == ["passed"]
    assert outcomes(project.save(docker(1, "one\ntwo\n", "other"))) == ["passed"]
    assert outcomes(project.save(docker(1, "one\ntwo\n", "other") + "$ true\n")) == ["passed"]
    assert project.typed[0] == ["run", "run", "more"]
