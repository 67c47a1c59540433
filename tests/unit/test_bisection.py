"""Which version was the first to print an example otherwise: what they are, what they print, and what is said of it.

The versions are shells of this machine, in which a command prints what the version is to print.
"""

from collections.abc import Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest

from harness.bisection import report
from harness.bisection.__main__ import main
from harness.bisection.candidates import Candidate, WrongEnd, archived, of_engines, of_lab_images, of_packages
from harness.bisection.looks import Looks
from harness.bisection.printed import NotRun, Printed, Samples, is_proved, printed
from harness.bisection.search import Found, first_new
from harness.claims import pages
from harness.claims.samples import sample
from harness.evidence import files
from harness.evidence.facts import Lane, PageFact
from harness.lab import engines, packages
from harness.lab.engines import Engine
from harness.lab.machine import Machine
from harness.lab.outer.client import WrongAddress
from harness.lab.outer.faults import LabError
from harness.runner import PageRun
from unit.local_host import LocalHost

ENGINES = ["26", "28", "28c", "29"]


class VersionHost(LocalHost):
    """A host whose engine is of that version."""

    def __init__(self, home: Path, version: str, prints: Mapping[str, str]) -> None:
        super().__init__(home)
        self.version = version
        for name, text in prints.items():
            (home / name).write_text(text)

    def engine_version(self) -> str:
        return self.version


@dataclass
class Versions:
    """The runs of a page that shows these snippets, on versions of Docker that print so: by name, then by file."""

    root: Path
    snippets: Mapping[str, str]
    prints: Mapping[str, Mapping[str, str]]
    files: Mapping[str, str] = field(default_factory=dict)  # that the page has its reader write
    evidence: dict[str, PageFact] = field(default_factory=dict)  # of earlier runs, by engine
    ran: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        names = dict.fromkeys(f"{name.partition('@')[0]}.console" for name in self.snippets)
        write = [f'``` text title="{name}"\n--8<-- "{name}"\n```\n' for name in self.files]
        (self.root / "docs").mkdir(parents=True)
        (self.root / "snippets").mkdir()
        fences = [f'``` console\n--8<-- "{name}"\n```\n' for name in names]
        (self.root / "docs/page.md").write_text("\n".join(write + fences))
        for name, text in self.files.items():
            (self.root / "snippets" / name).write_text(text)
        for name, text in self.snippets.items():
            (self.root / f"snippets/{name}.console").write_text(text)
        self.page = pages.read(self.root / "docs/page.md", self.root, ENGINES)
        self.number = len(self.page.blocks) - 1

    def samples(self, engine: str) -> Samples:
        return [sample(self.page, block, self.root, engine, ENGINES) for block in self.page.blocks]

    def proved(self, candidate: Candidate) -> PageFact | None:
        return self.evidence.get(candidate.name)

    def run(self, candidate: Candidate) -> PageFact:
        self.ran.append(candidate.name)
        if candidate.name not in self.prints:
            raise LabError("its packages can't be reached")
        home = self.root / f"home-{candidate.name}"

        @contextmanager
        def open_host(machine: str):  # type: ignore[no-untyped-def]
            yield VersionHost(home, f"{candidate.name.rstrip('c')}.0.1+dfsg1", self.prints[candidate.name])

        machine = Machine(open_host)
        run = PageRun(self.page, self.root, candidate.engine, ENGINES, Lane.STANDIN, machine, keep_going=True)
        run.run(self.number)
        run.end()
        machine.close()
        return run.fact

    def found(self, *among: Candidate) -> list[str]:
        """What is said in the end, line by line."""
        said: list[str] = []
        all_of_them = [*among] or [Candidate(name, name) for name in ENGINES]
        looks = Looks(self.page, self.number, all_of_them, self, said.append)
        found = first_new(len(all_of_them), looks.key)
        self.rows = said
        return report.result([(one, looks.seen.get(at)) for at, one in enumerate(all_of_them)], found).split("\n")


def printing(**texts: str) -> dict[str, dict[str, str]]:
    """Versions that print these texts for `cat out`."""
    return {name.removeprefix("v"): {"out": f"{text}\n"} for name, text in texts.items()}


OLD, NEW = "$ cat out\nREPOSITORY   TAG\n", "$ cat out\nIMAGE   USAGE\n"


# -- what is found


def test_the_first_version_is_named_with_the_one_before_and_links_to_what_changed_between_them(tmp_path: Path) -> None:
    prints = printing(v26="REPOSITORY   TAG", v28="REPOSITORY   TAG", v28c="IMAGE   USAGE", v29="IMAGE   USAGE")
    versions = Versions(tmp_path, {"a": NEW, "a@until-28": OLD}, prints)
    assert versions.found() == [
        "first: 28c (28.0.1+dfsg1)",
        "before: 28 (28.0.1+dfsg1)",
        "both are 28.0.1: it is not the version that makes the difference, but how the engine is set up",
    ]
    between = Versions(tmp_path / "b", {"a": NEW, "a@until-26": OLD}, {**prints, "28": prints["29"]})
    assert between.found()[2:] == [
        "changes: https://github.com/docker/cli/compare/v26.0.1...v28.0.1",
        "         https://github.com/moby/moby/compare/v26.0.1...v28.0.1",
    ]


def test_each_version_that_is_looked_at_has_a_line_and_none_is_run_twice(tmp_path: Path) -> None:
    prints = printing(v26="REPOSITORY   TAG", v28="REPOSITORY   TAG", v28c="IMAGE   USAGE", v29="IMAGE   USAGE")
    versions = Versions(tmp_path, {"a": NEW, "a@until-28": OLD}, prints)
    versions.found()
    assert versions.ran == ["29", "26", "28", "28c"]
    assert versions.rows == [
        "snippets/a.console, the sample of 29, and what they print:",
        "  29 (29.0.1+dfsg1): as the sample shows",
        "  26 (26.0.1+dfsg1): otherwise: snippets/a.console:2: column: `REPOSITORY`, the page says `IMAGE`",
        "  28 (28.0.1+dfsg1): otherwise: snippets/a.console:2: column: `REPOSITORY`, the page says `IMAGE`",
        "  28c (28.0.1+dfsg1): as the sample shows",
    ]


def test_it_is_unknown_where_the_oldest_prints_the_same_as_the_newest(tmp_path: Path) -> None:
    versions = Versions(tmp_path, {"a": OLD}, printing(v26="REPOSITORY   TAG", v28c="", v29="REPOSITORY   TAG"))
    assert versions.found() == ["unknown: 26 (26.0.1+dfsg1) prints the same as 29 (29.0.1+dfsg1)"]


def test_a_drift_is_found_by_its_difference_also_where_no_sample_shows_it(tmp_path: Path) -> None:
    """The page shows what 26 printed; 28 printed another line, and it is not that one which is looked for."""
    prints = printing(v26="old", v28="in between", v28c="in between", v29="new")
    versions = Versions(tmp_path, {"a": "$ cat out\nold\n"}, prints)
    assert versions.found()[:2] == ["first: 29 (29.0.1+dfsg1)", "before: 28c (28.0.1+dfsg1)"]
    versions = Versions(tmp_path / "b", {"a": "$ cat out\nold\n"}, {**prints, "28c": prints["29"]})
    assert versions.found()[:2] == ["first: 28c (28.0.1+dfsg1)", "before: 28 (28.0.1+dfsg1)"]


def test_what_can_not_be_run_is_passed_over_and_the_result_says_among_which_the_first_is(tmp_path: Path) -> None:
    prints = printing(v26="REPOSITORY   TAG", v28c="IMAGE   USAGE")
    versions = Versions(tmp_path, {"a": NEW, "a@until-28": OLD}, prints)
    assert versions.found()[:2] == [
        "first: 28c (28.0.1+dfsg1), or one before it that could not be run: 28",
        "before: 26 (26.0.1+dfsg1)",
    ]
    assert "  28: could not be run: its packages can't be reached" in versions.rows


@pytest.mark.parametrize(
    ("names", "said"),
    [
        ([], "unknown: it could be run on none of these versions; what stands above says why"),
        (["28"], "unknown: it could be run on 28 (28.0.1+dfsg1) only"),
    ],
)
def test_it_is_unknown_where_nothing_can_be_compared(tmp_path: Path, names: Sequence[str], said: str) -> None:
    versions = Versions(tmp_path, {"a": OLD}, {name: {"out": "REPOSITORY   TAG\n"} for name in names})
    assert versions.found() == [said]


def test_an_address_that_can_not_be_read_is_wrong_for_all_versions(tmp_path: Path) -> None:
    versions = Versions(tmp_path, {"a": OLD}, {})
    with pytest.raises(WrongAddress):
        Looks(versions.page, 0, [Candidate("28", "28")], _Refusing(versions), print)


class _Refusing:
    def __init__(self, versions: Versions) -> None:
        self.samples, self.proved = versions.samples, versions.proved

    def run(self, candidate: Candidate) -> PageFact:
        raise WrongAddress("DOCKER_HOST=nowhere")


# -- what counts as the same


def test_an_older_version_may_print_earlier_blocks_otherwise(tmp_path: Path) -> None:
    prints = {
        "28": {"first": "28\n", "out": "old\n"},
        "29": {"first": "29\n", "out": "new\n"},
    }
    versions = Versions(tmp_path, {"a": "$ cat first\n29\n", "b": "$ cat out\nnew\n"}, prints)
    found = versions.found(Candidate("28", "28"), Candidate("29", "29"))
    assert found[:2] == ["first: 29 (29.0.1+dfsg1)", "before: 28 (28.0.1+dfsg1)"]


def test_what_the_page_has_its_reader_write_is_no_id_of_the_engine(tmp_path: Path) -> None:
    """It stands in the output as it was written."""
    session = "$ cat a.txt\n588ec8830392\n$ cat out\n"
    written = {"a.txt": "588ec8830392\n"}
    versions = Versions(
        tmp_path,
        {"a": f"{session}new\n", "a@until-28": f"{session}old\n"},
        {"28": {"out": "old\n"}, "29": {"out": "new\n"}},
        written,
    )
    versions.found(Candidate("28", "28"), Candidate("29", "29"))
    assert versions.rows[-1].startswith("  28 (28.0.1+dfsg1): otherwise: snippets/a.console:4: line: `old`")


ID, OTHER = "588ec8830392", "0123456789ab"


def test_a_version_has_ids_of_its_own_and_its_sample_others_than_that_of_the_newest(tmp_path: Path) -> None:
    snippets = {
        "a": f"$ cat first\n{ID} new\n",
        "a@until-28": f"$ cat first\n{OTHER} old\n",
        "b": f"$ cat out # {ID}\n{ID} up\n",
        "b@until-28": f"$ cat out # {OTHER}\n{OTHER} up\n",
    }
    prints = {
        "28": {"first": "aaaaaaaaaaaa old\n", "out": "aaaaaaaaaaaa up\n"},
        "28c": {"first": "bbbbbbbbbbbb new\n", "out": "bbbbbbbbbbbb up\n"},
    }
    versions = Versions(tmp_path, snippets, prints)
    found = versions.found(Candidate("28", "28"), Candidate("28c", "28c"))
    assert found == ["unknown: 28 (28.0.1+dfsg1) prints the same as 28c (28.0.1+dfsg1)"]


@pytest.mark.parametrize(
    ("old", "said"),
    [
        ("$ printf 'same\\n'\nsame\n", "snippets/a.console:1: command: `printf 'same\\n'`, the page says `echo same`"),
        (
            "$ echo same\nsame\n$ true\n",
            "snippets/a.console:1: number of commands: `2`, the page says `1`",
        ),
    ],
)
def test_a_version_for_which_the_page_types_other_commands_does_not_print_the_same(
    tmp_path: Path, old: str, said: str
) -> None:
    versions = Versions(tmp_path, {"a": "$ echo same\nsame\n", "a@until-28": old}, {"28": {}, "29": {}})
    assert versions.found(Candidate("28", "28"), Candidate("29", "29"))[0] == "first: 29 (29.0.1+dfsg1)"
    assert versions.rows[-1] == f"  28 (28.0.1+dfsg1): otherwise: {said}"


def test_a_step_that_hangs_on_one_that_failed_says_nothing_of_its_version(tmp_path: Path) -> None:
    versions = Versions(tmp_path, {"a": "$ cat out\nold\n", "b": "$ exit\n", "c": "$ cat out\nold\n"}, {"28": {}})
    seen = versions.run(Candidate("28", "28"))
    samples = versions.samples("28")
    assert isinstance(printed(versions.page, 1, samples, seen), NotRun)


# -- what was proved


def test_what_was_proved_of_the_page_as_it_is_now_is_not_run_again(tmp_path: Path) -> None:
    prints = printing(v26="REPOSITORY   TAG", v28="IMAGE   USAGE")
    versions = Versions(tmp_path, {"a": NEW, "a@until-26": OLD}, prints)
    declared = [Candidate("26", "26"), Candidate("28", "28")]
    versions.evidence = {one.name: versions.run(one) for one in declared}
    versions.ran.clear()
    assert versions.found(*declared)[0] == "first: 28 (28.0.1+dfsg1)"
    assert versions.ran == []
    assert f"(run of {versions.evidence['28'].started[:10]})" in versions.rows[1]


def test_a_proof_is_of_the_texts_up_to_the_block_and_of_a_block_that_was_judged(tmp_path: Path) -> None:
    snippets = {"a": "$ true\n", "b": "$ true\n", "c": "$ exit\n"}
    versions = Versions(tmp_path, snippets, {"28": {}})
    seen = versions.run(Candidate("28", "28"))

    def proved(number: int) -> bool:
        return is_proved(versions.page, number, versions.samples("28"), seen)

    assert [proved(number) for number in range(3)] == [True, True, False]
    (tmp_path / "snippets/b.console").write_text("$ true # now\n")
    assert [proved(number) for number in range(3)] == [True, False, False]


# -- among which


DECLARED = [engine for engine in engines.read() if engine.name in ("20.10", "26", "28", "28c", "29")]  # as of today


@pytest.mark.parametrize(
    ("first", "last", "names"),
    [
        ("", "", ["20.10", "26", "28", "28c", "29"]),
        ("26", "28c", ["26", "28", "28c"]),
        ("28", "28", ["28"]),
    ],
)
def test_engines_are_those_between_two(first: str, last: str, names: list[str]) -> None:
    assert [one.name for one in of_engines(DECLARED, first, last)] == names


VERSIONS = ["27.5.1", "28.0.0", "28.5.2", "29.0.0", "29.4.0", "29.10.0"]


@pytest.mark.parametrize(
    ("first", "last", "found"),
    [
        ("", "", ["28.0.0", "28.5.2", "29.0.0", "29.4.0", "29.10.0"]),  # 27 is no engine of ours
        ("28", "28", ["28.0.0", "28.5.2"]),
        ("28.5.2", "29.4", ["28.5.2", "29.0.0", "29.4.0"]),
        ("29.5", "", ["29.10.0"]),
    ],
)
def test_packages_are_those_between_two_versions_each_judged_as_the_engine_of_its_release(
    first: str, last: str, found: list[str]
) -> None:
    among = of_packages(DECLARED, VERSIONS, first, last)
    assert [one.package for one in among] == found
    assert {one.engine for one in among} == {version[:2] for version in found}


def test_images_are_of_one_engine_in_the_order_in_which_they_are_given() -> None:
    among = of_lab_images("29", ["b", "a"])
    assert among == [Candidate("b", "29", "b"), Candidate("a", "29", "a")]
    assert not any(one.is_declared for one in among)


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        ("27", "", "unknown engine `27`; known, oldest first: 20.10, 26, 28, 28c, 29"),
        ("28", "26", "engine `28` is newer than `26`; known, oldest first: 20.10, 26, 28, 28c, 29"),
    ],
)
def test_an_end_that_is_no_engine_is_told_with_those_that_there_are(first: str, last: str, said: str) -> None:
    with pytest.raises(WrongEnd) as told:
        of_engines(DECLARED, first, last)
    assert str(told.value) == said


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        ("v29", "", "`v29` is no version of a package; expected one like 29 or 29.4.0"),
        (
            "30",
            "",
            "no version to look at: Docker's packages have none from 30; there are those from 27.5.1 to 29.10.0",
        ),
        ("", "26", "no version to look at: Docker's packages have none to 26; there are those from 27.5.1 to 29.10.0"),
    ],
)
def test_an_end_that_is_no_version_is_told_with_those_that_there_are(first: str, last: str, said: str) -> None:
    with pytest.raises(WrongEnd) as told:
        of_packages(DECLARED, VERSIONS, first, last)
    assert str(told.value) == said


def test_the_packages_are_those_of_the_newest_engine_that_has_an_archive() -> None:
    assert archived(DECLARED).name == "29"
    assert archived([Engine("1", "1", archive="a"), Engine("2", "2")]).name == "1"


# -- the command line


def kept(root: Path, versions: Versions, *names: str) -> None:
    """What runs on these engines left as evidence."""
    for name in names:
        files.write_page(root / "build/evidence", versions.run(Candidate(name, name)))


def asked(root: Path, capfd: pytest.CaptureFixture[str], *options: str, example: str = "a.console") -> tuple[int, str]:
    """The exit status, and what is said last."""
    status = main([f"docs/page.md::{example}", f"--rootdir={root}", *options])
    return status, capfd.readouterr().out.rstrip("\n").split("\n")[-1]


def test_what_was_proved_is_enough_to_find_it(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    prints = printing(v26="REPOSITORY   TAG", v28="IMAGE   USAGE")
    kept(tmp_path, Versions(tmp_path, {"a": NEW, "a@until-26": OLD}, prints), "26", "28")
    assert main(["docs/page.md::a.console", "--from=26", "--to=28", f"--rootdir={tmp_path}"]) == 0
    day = datetime.now(UTC).date().isoformat()
    assert (
        capfd.readouterr().out
        == f"""\
snippets/a.console, the sample of 28, and what they print:
  28 (28.0.1+dfsg1): as the sample shows (run of {day})
  26 (26.0.1+dfsg1): otherwise: snippets/a.console:2: column: `REPOSITORY`, the page says `IMAGE` (run of {day})
first: 28 (28.0.1+dfsg1)
before: 26 (26.0.1+dfsg1)
changes: https://github.com/docker/cli/compare/v26.0.1...v28.0.1
         https://github.com/moby/moby/compare/v26.0.1...v28.0.1
"""
    )


def test_unknown_is_no_success(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    kept(tmp_path, Versions(tmp_path, {"a": OLD}, printing(v26="REPOSITORY   TAG", v28="REPOSITORY   TAG")), "26", "28")
    status, said = asked(tmp_path, capfd, "--from=26", "--to=28")
    assert (status, said) == (6, "unknown: 26 (26.0.1+dfsg1) prints the same as 28 (28.0.1+dfsg1)")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--from=27"], "unknown engine `27`; known, oldest first: 20.10, 26, 28, 28c, 29"),
        (["--engine=29"], "--engine goes with --lab-image; the ends of the search are --from and --to"),
        (
            ["--lab-image=a"],
            "--lab-image goes with --engine, which names what the images are of, and with nothing else",
        ),
        (
            ["--lab-image=a", "--engine=29", "--from=28"],
            "--lab-image goes with --engine, which names what the images are of, and with nothing else",
        ),
    ],
)
def test_what_does_not_go_together_is_refused(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], options: list[str], said: str
) -> None:
    Versions(tmp_path, {"a": OLD}, {})
    assert asked(tmp_path, capfd, *options) == (2, said)


def test_an_example_that_is_none_is_told_with_those_that_there_are(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    Versions(tmp_path, {"a": OLD, "b": OLD}, {})
    assert asked(tmp_path, capfd, example="c.console") == (
        2,
        "docs/page.md has no example `c.console`; expected one of: a.console, b.console",
    )
    (tmp_path / "docs/page.md").write_text(
        '---\nunchecked:\n  a.console: 없음\n---\n``` console\n--8<-- "a.console"\n```\n'
    )
    assert asked(tmp_path, capfd) == (2, "docs/page.md::a.console is not run anywhere: 없음")
    (tmp_path / "docs/page.md").write_text("``` console\n$ docker ps\n```\n")
    assert asked(tmp_path, capfd)[1].startswith("docs/page.md:1: ")
    (tmp_path / "docs/page.md").unlink()
    assert asked(tmp_path, capfd) == (2, "no such page: docs/page.md")


def test_packages_that_can_not_be_asked_for_end_it_as_what_could_not_be_judged(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(engine: Engine) -> list[str]:
        raise LabError(f"the packages of {engine.name} can't be reached")

    Versions(tmp_path, {"a": OLD}, {})
    monkeypatch.setattr(packages, "versions", refuse)
    assert asked(tmp_path, capfd, "--packages") == (6, "the packages of 29 can't be reached")


# -- links


def test_mobys_tags_have_another_name_since_29() -> None:
    seen = [(Candidate(version, "29"), Printed(version, "", "")) for version in ("28.5.2", "29.0.0")]
    assert report.result(seen, Found(0, 1)).split("\n")[2:] == [
        "changes: https://github.com/docker/cli/compare/v28.5.2...v29.0.0",
        "         https://github.com/moby/moby/compare/v28.5.2...docker-v29.0.0",
    ]
