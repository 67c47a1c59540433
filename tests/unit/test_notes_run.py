"""What becomes of a note that is run, in a machine that is a shell of this one: verdicts, report, page."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from harness.claims import pages
from harness.claims.misspelt import with_tags_corrected
from harness.evidence.summary import ExitStatus
from harness.lab.bounds import Bounds
from harness.lab.host import Host, Image, Missing
from harness.lab.lanes import Lane
from harness.lab.machine import Machine
from harness.lab.supply import Supply
from harness.notes.judging import compare
from harness.notes.report import report
from harness.notes.run import NoteRun, Runner, text_of
from harness.notes.texts import Texts, asks_for_korean
from harness.notes.verdicts import exit_status
from harness.notes.writing import write
from harness.shapes import Bindings
from unit.local_host import LocalHost

ENGLISH = Texts(korean=False)
ENGINES = ["20.10", "28", "29"]


class Desk:
    """Notes in a folder, and what runs them: each on a machine whose home is the same."""

    def __init__(self, folder: Path, host: LocalHost) -> None:
        self.folder, self.host = folder, host
        supply = SimpleNamespace(
            machine=self._machine, start=lambda: SimpleNamespace(mirror=SimpleNamespace(lane=Lane.STANDIN))
        )
        self.runner = Runner(cast(Supply, supply), "28", ENGINES)

    def _machine(self, engine: str, bounds: Bounds) -> Machine:
        @contextmanager
        def open_host(kind: str) -> Iterator[Host]:
            yield self.host

        return Machine(open_host)

    def run(self, text: str) -> NoteRun:
        path = self.folder / "note.md"
        path.write_text(text)
        return self.runner.run(path)

    def write(self, text: str) -> str:
        return write(self.run(text), self.folder / "out", self.runner, ENGLISH)

    def written(self) -> tuple[str, dict[str, str]]:
        out = self.folder / "out"
        snippets = {
            path.name: path.read_text() for path in sorted((out / "snippets" / "note").rglob("*")) if path.is_file()
        }
        return (out / "docs" / "note.md").read_text(), snippets


@pytest.fixture
def desk(tmp_path: Path, host: LocalHost) -> Desk:
    return Desk(tmp_path, host)


def fences(*texts: str) -> str:
    return "\n".join(f"```\n{text}\n```\n" for text in texts)


def verdicts(ran: NoteRun) -> list[str]:
    return [str(judged.verdict) for judged in ran.judged]


def said(ran: NoteRun, **options: Any) -> str:
    return report(ran, ENGLISH, **options).replace(f"{ran.path}:", "note:")


@pytest.mark.parametrize(
    ("note", "verdict", "status"),
    [
        ("$ echo a\na", "fits", ExitStatus.PASSED),
        ("$ echo a", "fits", ExitStatus.PASSED),
        ("$ echo a\nb", "differs", ExitStatus.DIFFERS),
        ("$ sh -c 'echo no; exit 3'\nno", "fits", ExitStatus.PASSED),
        ("$ sh -c 'exit 3'", "differs", ExitStatus.DIFFERS),
        ("$ sh -c 'exit 3'\n(권한이 없으면 실패)", "differs", ExitStatus.DIFFERS),
        ("$ yum install docker", "refused", ExitStatus.BROKEN),
        ("$ echo <이름>", "open", ExitStatus.BROKEN),
        ("읽어 두기만 하면 되는 글이다", "no command", ExitStatus.BROKEN),
        ("$ echo 'a", "refused", ExitStatus.BROKEN),
        ("$ echo a\n[3]\n[3]", "differs", ExitStatus.DIFFERS),
    ],
)
def test_a_block_has_one_of_five_verdicts_and_the_run_its_status(
    desk: Desk, note: str, verdict: str, status: ExitStatus
) -> None:
    ran = desk.run(fences(note))
    assert (verdicts(ran), exit_status(ran.judged)) == ([verdict], status)


def test_the_note_stays_as_it_is(desk: Desk) -> None:
    text = fences("$ echo a\nb")
    assert desk.run(text).path.read_text() == text


def test_after_a_difference_the_note_goes_on(desk: Desk) -> None:
    assert verdicts(desk.run(fences("$ echo a\nb", "$ echo c\nc"))) == ["differs", "fits"]


def test_what_hangs_on_something_that_failed_is_not_run_and_says_on_what(desk: Desk) -> None:
    note = fences("$ docker() { false; }", "$ docker run -d --name web a", "$ docker logs web", "$ echo a")
    ran = desk.run(note)
    assert verdicts(ran) == ["fits", "differs", "refused", "fits"]
    assert "hangs on what failed before: `web` of note.md:6" in said(ran)


def test_an_id_that_a_failed_step_was_to_show_is_not_typed(desk: Desk) -> None:
    ran = desk.run(fences("$ echo none\n0123456789ab", "$ echo 0123456789ab"))
    assert verdicts(ran) == ["differs", "refused"]


def test_a_shell_that_was_not_opened_is_not_typed_into(desk: Desk) -> None:
    ran = desk.run(fences("$ docker() { false; }", "$ docker run -it a bash\n[root@123456789abc /]# ls"))
    assert verdicts(ran) == ["fits", "differs"]
    assert "the shell that it is typed into was not opened" in said(ran)


def test_a_shell_in_a_container_is_entered_and_left(desk: Desk) -> None:
    note = fences("$ docker run -it centos bash", "$ echo a\na")
    assert verdicts(desk.run(note)) == ["fits", "fits"]


def test_what_fails_as_the_text_beside_it_says_fits(desk: Desk) -> None:
    note = "이름이 틀리면 `No such thing`이 나온다.\n\n" + fences("$ sh -c 'printf \"%s such thing: a\" No; exit 1'")
    ran = desk.run(note)
    assert verdicts(ran) == ["fits"]
    assert "fails, as the text beside it says: No such thing" in said(ran)


@pytest.mark.parametrize("quoted", ["No such", "requires", "docker rm takes", "echo No such thing", "another thing"])
def test_what_the_text_quotes_is_a_message_and_no_command(desk: Desk, quoted: str) -> None:
    """Words of the command come in many a message."""
    command = "$ sh -c 'echo No such thing: docker rm takes, requires; exit 1'"
    fits = desk.run(f"`{quoted}`를 본다\n\n{fences(command)}")
    assert verdicts(fits) == ["differs"]


def test_a_file_of_the_note_is_written_before_what_uses_it(desk: Desk) -> None:
    note = "`a.conf`\n```ini\nname=1\n```\n\n```\n$ cat a.conf\nname=1\n```\n"
    assert verdicts(desk.run(note)) == ["file", "fits"]


def test_what_a_pipe_hides_and_what_needs_systemd_is_not_said_to_fit(desk: Desk) -> None:
    systemd = "$ echo System has not been booted with systemd as init system"
    ran = desk.run(fences("$ curl -s http://localhost:1 | cat", systemd))
    assert verdicts(ran) == ["refused", "refused"]
    assert "the pipe hides whether `curl` failed" in said(ran)


def test_a_misspelt_tag_is_reported_as_that_and_the_rest_goes_on_with_the_right_one(desk: Desk) -> None:
    docker = "$ docker() { case $* in *lastest*) return 125;; esac; echo $3; }"
    ran = desk.run(fences(docker, "$ docker run --name web centos:lastest", "$ docker logs web"))
    assert verdicts(ran) == ["fits", "differs", "fits"]
    assert "a misspelt tag: `docker run --name web centos:lastest`" in said(ran)
    assert "docker run --name web centos:latest" in [judged.steps[0].step.command for judged in ran.judged]


@pytest.mark.parametrize(
    ("command", "corrected"),
    [
        ("docker run -it centos:lastest bash", "docker run -it centos:latest bash"),
        ("docker pull nginx:latset", "docker pull nginx:latest"),
        ("docker pull nginx:stable", "docker pull nginx:stable"),
        ("docker pull nginx", "docker pull nginx"),
        ("echo centos:lastest", "echo centos:lastest"),
    ],
)
def test_only_a_tag_that_is_nearly_latest_is_taken_for_it(command: str, corrected: str) -> None:
    assert with_tags_corrected(command) == corrected


def test_an_image_that_is_not_there_is_no_drift(desk: Desk) -> None:
    desk.host.absent = [Missing("mysql", "no stand-in for mysql; it needs Docker Hub", 0)]
    ran = desk.run(fences("$ sh -c 'exit 125 # docker run mysql'"))
    assert verdicts(ran) == ["refused"]
    assert "the image mysql isn't here" in said(ran)


# -- comparing


PULLED = "Unable to find image 'a:latest' locally\nlatest: Pulling from library/a\n3def81233d3f: Pull complete\n"


@pytest.mark.parametrize(
    ("command", "sample", "actual", "fits"),
    [
        ("docker run a", "hi", f"{PULLED}hi", True),
        ("docker run a", f"{PULLED}hi", "hi", True),
        ("docker run a", "ho", f"{PULLED}hi", False),
        ("docker pull a", "hi", f"{PULLED}hi", False),
        ("docker run a", "Hello", "\nHello\n", True),
    ],
)
def test_a_pull_that_the_note_does_not_show_is_no_difference(
    command: str, sample: str, actual: str, fits: bool
) -> None:
    bindings = Bindings()
    bindings.resolve(command)
    assert (not compare(sample, actual, bindings)) == fits


HEADER = "CONTAINER ID   IMAGE           COMMAND   CREATED        STATUS                      PORTS     NAMES\n"
ROW = '555f1f17835c   centos:latest   "bash"    1 second ago   Exited (0) 1 second ago               festive_pare'


@pytest.mark.parametrize(
    ("row", "fits"),
    [
        ('6f2e357b1082 centos:latest  "bash"   4 minutes ago   Exited (0) 33 seconds ago         happy_swartz', True),
        ('6f2e357b1082 centos:latest  "bash"   4 minutes ago   Exited (1) 33 seconds ago         happy_swartz', False),
        ('6f2e357b1082 centos:latest  "bash"   4 minutes ago', False),
        ("6f2e357b1082", False),
    ],
)
def test_a_table_that_was_typed_off_with_fewer_blanks_is_read_by_its_cells(row: str, fits: bool) -> None:
    bindings = Bindings()
    bindings.resolve("docker ps -a")
    assert (not compare(HEADER + row, HEADER + ROW, bindings)) == fits


# -- the report


def test_the_report_says_block_by_block_what_became_of_it(desk: Desk) -> None:
    ran = desk.run(
        fences("$ echo a\na", "$ echo a\nb", "echo c", "글이다", "$ rm <파일>\n$ echo d\n$ sh -c 'echo e; exit 2'")
    )
    assert said(ran).split("\n")[:-1] == [
        "note:1: fits  echo a",
        "note:6: differs  echo a",
        "    - [-b-]",
        "    + {+a+}",
        "note:11: fits  echo c",
        "    no output to compare: only the exit status",
        "    guess: no prompts: commands are known by their first word",
        "note:15: no command  글이다",
        "    nothing in it is recognised as a command",
        "note:19: differs  rm <파일>  (and 2 more)",
        "    20: rm <파일>: value open. the note leaves a value open: <파일>",
        "    22: sh -c 'echo e; exit 2': differs",
        "    exit status 2; prints today:",
        "    + e",
    ]
    assert said(ran).endswith("fits 2, differs 2, no command 1 (engine 28.5.2)")


def test_on_a_terminal_verdicts_have_a_colour(desk: Desk) -> None:
    assert "\x1b[32mfits\x1b[0m" in said(desk.run(fences("$ echo a\na")), colour=True)


@pytest.mark.parametrize(
    ("environment", "korean"),
    [
        ({"LANG": "ko_KR.UTF-8"}, True),
        ({"LANG": "C.UTF-8"}, False),
        ({"LC_ALL": "C", "LANG": "ko_KR.UTF-8"}, False),
        ({}, False),
    ],
)
def test_the_report_is_in_korean_where_the_terminal_asks_for_it(environment: dict[str, str], korean: bool) -> None:
    assert asks_for_korean(environment) == korean


def test_in_korean_the_reasons_are_korean(desk: Desk) -> None:
    ran = desk.run(fences("$ yum install docker", "$ rm <파일>"))
    shown = report(ran, Texts(korean=True))
    assert "`yum`은(는) 다른 운영체제의 프로그램입니다" in shown
    assert "노트가 값을 정하지 않았습니다: <파일>" in shown


def test_a_note_of_windows_in_its_code_page_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes("메모".encode("cp949"))
    assert text_of(path) == "메모"


# -- the page


def test_a_note_becomes_a_page_and_snippets_that_fit(desk: Desk) -> None:
    front = '---\ntitle: "제목"\ntags: [a]\n---\n'
    note = f"{front}# 메모\n\n1. 첫째\n\n   ```bash\n   echo a   # 말\n   ```\n\n   ```\n   b\n   ```\n\n끝\n"
    told = desk.write(note)
    page, snippets = desk.written()
    assert page == (
        "---\ntitle: '제목'\n---\n<!-- notes: front matter: tags -->\n# 메모\n\n1. 첫째\n\n"
        "   <!-- notes: no prompts: commands are known by their first word -->\n"
        "   <!-- notes: the fence of line 13 is taken for the output -->\n"
        "   <!-- notes: 10: differs -->\n"
        '   ``` console\n   --8<-- "note/01.console"\n   ```\n\n\n끝\n'
    )
    assert snippets == {"01.console": "$ echo a   # 말\na\n"}
    assert "verified in a fresh lab, all of it fits" in told


def test_what_did_not_run_stays_to_be_read(desk: Desk) -> None:
    desk.write(fences("$ yum install a", "$ rm <파일>\n$ sh -c 'echo a; exit 3'"))
    page, snippets = desk.written()
    assert page == (
        "<!-- notes: 2: `yum` is a program of another system -->\n```\n$ yum install a\n```\n\n"
        "<!-- notes: 6: the note leaves a value open: <파일> -->\n<!-- notes: 7: differs -->\n"
        '``` console\n--8<-- "note/01.console"\n```\n\n``` text\nrm <파일>\n```\n'
    )
    assert snippets == {"01.console": "$ sh -c 'echo a; exit 3'\na\n[3]\n"}


def test_a_console_fence_that_did_not_run_is_a_text(desk: Desk) -> None:
    desk.write("``` console\n$ yum install a\n```\n\n```\n$ echo a\n```\n")
    assert "``` text\n$ yum install a\n```\n" in desk.written()[0]


def test_a_file_and_a_second_terminal_keep_their_titles(desk: Desk) -> None:
    note = (
        "`a.conf`\n```ini\nname=1\n```\n\n```\n$ docker run -it centos bash\n[root@588ec8830392 ~]#\n```\n\n"
        "```\n$ cat a.conf\nname=1\n```\n\n```\n[root@588ec8830392 ~]# exit\nexit\n```\n"
    )
    assert "verified in a fresh lab" in desk.write(note)
    page, snippets = desk.written()
    assert re.findall(r"``` \w+ .*", page) == ['``` ini title="a.conf"', '``` console title="터미널 2"']
    assert list(snippets) == ["01.console", "02.console", "03.console", "a.conf"]
    assert snippets["01.console"] == "$ docker run -it centos bash\n[root@588ec8830392 ~]#\n"


def test_a_page_that_is_there_is_not_written_over(desk: Desk) -> None:
    desk.write(fences("$ echo a"))
    before = desk.written()
    assert "is there already: nothing was written" in desk.write(fences("$ echo b"))
    assert desk.written() == before


def test_the_page_can_be_read_as_the_projects_own(desk: Desk) -> None:
    desk.write(fences("$ echo a", "# echo b"))
    out = desk.folder / "out"
    page = pages.read(out / "docs" / "note.md", out, ENGINES)
    assert [(block.snippet, block.title) for block in page.blocks] == [
        ("note/01.console", ""),
        ("note/02.console", "root"),
    ]


def test_a_fence_that_begins_a_lists_item_stays_one(desk: Desk) -> None:
    desk.write("- ```bash\n  echo a\n  ```\n- 둘\n")
    assert desk.written()[0] == (
        '- ``` console\n  --8<-- "note/01.console"\n  ```\n'
        "  <!-- notes: no prompts: commands are known by their first word -->\n- 둘\n"
    )


def test_a_fence_that_nobody_closes_is_closed(desk: Desk) -> None:
    desk.write(fences("$ echo a") + "```\n글\n")
    assert desk.written()[0].endswith("```\n글\n\n```\n")


def test_a_file_is_written_below_the_pages_own_folder_whatever_its_name(desk: Desk) -> None:
    desk.write(f'```ini title="../../x/../.env"\na=1\n```\n\n{fences("$ echo a")}')
    assert (desk.folder / "out" / "snippets" / "note" / "x" / "env").read_text() == "a=1\n"


def test_what_the_project_refuses_on_a_page_is_told_with_its_line(desk: Desk) -> None:
    told = desk.write("글\u200b자\n\n" + fences("$ echo a"))
    assert "docs/note.md:1: " in told
    assert "not all of it fits yet" in told


def test_a_step_that_stops_with_ctrl_c_keeps_what_was_printed_above(desk: Desk) -> None:
    note = fences("$ docker() { echo a; sleep 60; }", "$ docker logs -f web")
    desk.write(note)
    assert desk.written()[1]["02.console"] == "$ docker logs -f web\na\n^C\n"


def test_a_block_that_a_session_cannot_say_is_not_run(desk: Desk) -> None:
    ran = desk.run(fences("$ echo '> a'\n> a", "$ echo b\nb"))
    assert verdicts(ran) == ["refused", "fits"]
    assert "the block can't be read" in said(ran)


def test_a_file_is_told_by_its_name(desk: Desk) -> None:
    assert "note:1: file  Dockerfile" in said(desk.run("```dockerfile\nFROM a\n```\n"))


def test_a_page_that_does_not_fit_yet_says_where(desk: Desk) -> None:
    told = desk.write(fences("$ echo $RANDOM$RANDOM$RANDOM > n; tr 0-9 a-j < n"))
    assert "snippets/note/01.console:1: echo $RANDOM$RANDOM$RANDOM > n; tr 0-9 a-j < n: differs" in told
    assert "not all of it fits yet" in told


def test_images_are_told_by_name(desk: Desk) -> None:
    desk.host.has = {"a:latest": Image("", standin=True)}
    assert desk.run(fences("$ echo a")).version == desk.host.engine_version()
