"""What a page run makes of its blocks, in a lab that is a shell of this machine."""

import errno
import json
import re
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from docker.errors import DockerException

from harness.claims import pages
from harness.evidence.facts import BlockFact, Lane, Outcome, digest
from harness.faults import Fault, Kind, read
from harness.lab import follower
from harness.lab.host import Host, Image, Missing
from harness.lab.machine import Machine
from harness.lab.outer.faults import LabError
from harness.runner import PageRun
from unit.local_host import LocalHost

ENGINES = ["20.10", "28", "29"]


class Project:
    """A project of one page, and the lab it runs in."""

    def __init__(self, root: Path, host: LocalHost) -> None:
        self.root, self.host = root, host
        self.machines: list[str] = []
        (root / "docs").mkdir()
        (root / "snippets").mkdir()

    def run(
        self,
        *fences: str,
        front: str = "",
        recording: bool = False,
        fault: str = "",
        engine: str = "28",
        blocks: int | None = None,
        file: str = "docs/page.md",
    ) -> PageRun:
        """Runs a page of these fences (`NAME` shows a snippet in the first terminal), or its first `blocks`, and
        closes it."""
        shown = [fence if "\n" in fence else f'``` console\n--8<-- "{fence}.console"\n```\n' for fence in fences]
        (self.root / file).write_text((f"---\n{front}\n---\n" if front else "") + "\n".join(shown))
        page = pages.read(self.root / file, self.root, ENGINES)

        @contextmanager
        def open_host(machine: str) -> Iterator[Host]:
            if fault:
                raise LabError(fault)
            self.machines.append(machine)
            yield self.host

        ran = PageRun(page, self.root, engine, ENGINES, Lane.STANDIN, Machine(open_host), recording=recording)
        try:
            for number in range(len(page.blocks))[:blocks]:
                ran.run(number)
        finally:
            ran.close()
        return ran

    def snippet(self, name: str, text: str) -> Path:
        file = self.root / "snippets" / f"{name}.console"
        file.write_text(text)
        return file


@pytest.fixture
def project(tmp_path: Path, host: LocalHost) -> Project:
    return Project(tmp_path, host)


def outcomes(facts: list[BlockFact]) -> list[list[str]]:
    return [[str(step.outcome) for step in fact.steps] for fact in facts]


def test_steps_that_print_what_the_page_shows_pass(project: Project) -> None:
    project.snippet("a", "$ echo one\none\n$ (exit 3)\n[3]\n")
    assert outcomes(project.run("a").fact.blocks) == [["passed", "passed"]]


def test_a_terminal_lives_as_long_as_its_page(project: Project) -> None:
    project.snippet("set", "$ name=value\n")
    project.snippet("get", "$ echo $name\nvalue\n")
    assert outcomes(project.run("set", "get").fact.blocks) == [["passed"], ["passed"]]


def test_another_title_is_another_terminal_on_the_same_lab(project: Project) -> None:
    project.snippet("set", "$ name=value; touch file\n")
    project.snippet("get", "$ echo $name; ls file\n\nfile\n")
    other = '``` console title="터미널 2"\n--8<-- "get.console"\n```\n'
    assert outcomes(project.run("set", other).fact.blocks) == [["passed"], ["passed"]]
    assert (project.machines, project.host.users) == (["engine"], ["reader", "reader"])


def test_a_session_that_begins_with_the_root_prompt_runs_as_root(project: Project) -> None:
    project.snippet("a", "# true\n")
    project.run("a")
    assert project.host.users == ["root"]


def test_a_session_goes_into_a_container_and_comes_back(project: Project) -> None:
    project.snippet("in", "$ docker run -it centos\n[root@123456789abc ~]#\n")
    project.snippet("out", "[root@123456789abc ~]# echo $((6*7))\n42\n[root@123456789abc ~]# exit 4\nexit\n[4]\n")
    assert outcomes(project.run("in", "out").fact.blocks) == [["passed"], ["passed", "passed"]]


def test_an_id_from_a_prompt_is_typed_as_this_runs_id(project: Project) -> None:
    project.snippet(
        "a", "$ docker run -it centos\n[root@123456789abc ~]# exit\nexit\n$ echo 123456789abc\n123456789abc\n"
    )
    fact = project.run("a").fact.blocks[0]
    assert outcomes([fact]) == [["passed", "passed", "passed"]]
    assert fact.steps[2].typed == "echo 588ec8830392"


def test_a_command_goes_on_without_marks(project: Project) -> None:
    project.snippet("a", "$ echo one \\\n  two &&\n  cat <<EOF\n$ three\nEOF\none two\n...\n$ true\n")
    assert outcomes(project.run("a").fact.blocks) == [["passed", "passed"]]


@pytest.mark.parametrize(("program", "shown"), [("sleep 60", ""), ("trap 'exit 0' INT; sleep 60", "")])
def test_what_ctrl_c_ends_may_end_with_0_or_130(project: Project, program: str, shown: str) -> None:
    project.snippet("a", f'$ bash -c "echo one; {program}"\none\n^C\n{shown}$ true\n')
    assert outcomes(project.run("a").fact.blocks) == [["passed", "passed"]]


def test_a_step_that_prints_something_else_differs_and_blocks_the_rest_of_the_page(project: Project) -> None:
    project.snippet("a", "$ echo one\ntwo\n$ echo next\nnext\n")
    project.snippet("b", "$ true\n")
    run = project.run("a", "b")
    assert outcomes(run.fact.blocks) == [["differs", "blocked"], ["blocked"]]
    [difference] = run.fact.blocks[0].steps[0].differences
    assert (difference.line, difference.difference.expected, difference.difference.found) == (2, "two", "one")
    assert run.fact.blocks[1].steps[0].reason == "snippets/a.console:1 differs"


def test_another_exit_status_differs(project: Project) -> None:
    project.snippet("a", "$ echo one; (exit 2)\none\n[1]\n")
    [difference] = project.run("a").fact.blocks[0].steps[0].differences
    assert difference.text == "exit status: `[2]`, the page says `[1]`"
    assert difference.line == 3


def test_a_prompt_that_does_not_come_differs(project: Project) -> None:
    project.snippet("a", "$ true || docker run centos; echo none\n[root@123456789abc ~]# exit\nexit\n")
    fact = project.run("a").fact.blocks[0]
    assert outcomes([fact]) == [["differs", "blocked"]]
    assert [difference.difference.found for difference in fact.steps[0].differences] == ["none", "$"]


def test_a_command_that_does_not_end_is_broken_with_what_the_screen_shows(project: Project) -> None:
    project.snippet("a", "$ echo waiting; sleep 60\n$ true\n")
    fact = project.run("a", front="timeout: 1").fact.blocks[0]
    assert outcomes([fact]) == [["broken", "blocked"]]
    assert fact.steps[0].reason == "did not end within its time (1 s)"
    assert fact.steps[0].actual.endswith("waiting")


def test_a_program_that_goes_on_behind_ctrl_c_is_broken_with_what_may_help(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(follower, "TO_END", 1)
    ignores = "docker() { sh -c 'trap : INT; echo Start; while :; do sleep 0.1; done'; }"
    project.snippet("a", f"$ {ignores}\n$ docker run web\nStart\n^C\n")
    fact = project.run("a", front="timeout: 4").fact.blocks[0]
    assert outcomes([fact]) == [["passed", "broken"]]
    assert fact.steps[1].reason == (
        "goes on although Ctrl+C was pressed: for 1 s it has said nothing; the first process of a container that "
        "doesn't catch Ctrl+C, as `sleep` doesn't, isn't ended by it: with `--init` another one is the first"
    )


def test_a_password_is_typed_and_recorded_where_the_page_shows_it(project: Project) -> None:
    file = project.snippet("a", "$ read -s -p 'Password: ' a; echo; echo \"<$a>\"\nPassword: secret\n<other>\n")
    project.run("a", recording=True)
    assert file.read_text().endswith("\nPassword: secret\n<secret>\n")


def test_a_prompt_of_another_form_than_the_page_shows_differs_and_is_told_with_both(project: Project) -> None:
    project.snippet("a", "$ docker run -it centos\n[rot@123456789abc ~]# ls\n")
    fact = project.run("a").fact.blocks[0]
    assert outcomes([fact]) == [["differs", "blocked"]]
    [difference] = fact.steps[0].differences
    assert difference.text == "prompt: `[root@588ec8830392 ~]#`, the page says `[rot@123456789abc ~]#`"


@pytest.mark.parametrize(
    ("command", "prompt"),
    [("PS1='> '", ">"), ("export PS1='in $ '", "in $"), (r"PS1='\[\e[31m\]box:\w=\W=\[\e[0m\] '", "box:~=~=")],
)
def test_a_prompt_that_the_reader_has_changed_differs_and_is_told_with_both(
    project: Project, command: str, prompt: str
) -> None:
    shown = "[root@588ec8830392 ~]#"
    project.snippet("a", f"$ docker run -it centos\n{shown} {command}\n{shown} echo hi\nhi\n")
    fact = project.run("a").fact.blocks[0]
    assert outcomes([fact]) == [["passed", "differs", "blocked"]]
    [difference] = fact.steps[1].differences
    assert difference.text == f"prompt: `{prompt}`, the page says `{shown}`"


def test_a_container_that_the_page_forgot_to_leave_differs(project: Project) -> None:
    project.snippet("a", "$ docker run -it centos\n$ true\n")
    project.snippet("b", "$ docker run -it centos\n")
    for page in ("a", "b"):
        [difference] = project.run(page).fact.blocks[0].steps[0].differences
        assert difference.text == "prompt: `[root@588ec8830392 ~]#`, the page says `$`"


def test_the_readers_own_prompts_may_have_names(project: Project) -> None:
    own = "[root@box ~]# "
    text = f"{own}(exit 3)\n[3]\n{own}docker run -it centos\n[root@123456789abc ~]# exit\nexit\n{own}whoami\nroot\n"
    project.snippet("a", text)
    assert outcomes(project.run("a").fact.blocks) == [["passed"] * 4]
    assert project.host.users == ["root"]


def test_a_prompt_of_a_container_is_not_the_readers_own(project: Project) -> None:
    project.snippet("a", "# docker() { true; }\n# docker run -it debian\nroot@web:/# ls\n")
    [difference] = project.run("a").fact.blocks[0].steps[1].differences
    assert difference.text == "prompt: `#`, the page says `root@web:/#`"


def test_an_answer_that_the_page_shows_is_typed(project: Project) -> None:
    project.snippet("a", "$ read -p 'Sure? [y/N] ' answer; echo $answer\nSure? [y/N] y\ny\n")
    assert outcomes(project.run("a").fact.blocks) == [["passed"]]


def test_a_question_that_the_page_does_not_answer_is_broken_and_told(project: Project) -> None:
    project.snippet("a", "$ read -p 'Password: ' -s answer\n")
    [step] = project.run("a").fact.blocks[0].steps
    assert (str(step.outcome), step.reason) == (
        "broken",
        "waits for input: the screen ends with `Password:`, which the page does not answer; "
        "what is typed stands behind it on the page, also where a terminal does not show it",
    )


def test_ctrl_c_is_pressed_when_what_stands_above_it_has_come(project: Project) -> None:
    command = "printf 'latest: Pulling from library/web\\nstarting\\n'; sleep 0.3; echo ready; sleep 60"
    project.snippet("a", f"$ {command}\n...\nready\n^C\n[130]\n$ echo next\nnext\n")
    assert outcomes(project.run("a").fact.blocks) == [["passed", "passed"]]


def test_a_lab_that_does_not_start_breaks_the_page_and_never_looks_like_drift(project: Project) -> None:
    project.snippet("a", "$ true\n$ true\n")
    fact = project.run("a", fault="the engine did not start").fact.blocks[0]
    assert outcomes([fact]) == [["broken", "blocked"]]
    assert fact.steps[0].reason == "the engine did not start"


def test_another_output_of_a_lab_with_a_fault_is_broken_and_never_drift(project: Project) -> None:
    project.snippet("a", "$ echo one\ntwo\n$ true\n")
    project.host.wrong = "the engine in the lab ended with status 137"
    fact = project.run("a").fact.blocks[0]
    assert outcomes([fact]) == [["broken", "blocked"]]
    assert (fact.steps[0].reason, fact.steps[0].actual) == ("the engine in the lab ended with status 137", "one")


class Fails:
    """Stands in for a method that fails the first time it is called."""

    def __init__(self, error: Exception) -> None:
        self.error, self.calls = error, 0

    def __call__(self, *arguments: object) -> None:
        self.calls += 1
        raise self.error


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (LabError("the lab is gone"), "the lab is gone"),
        (ConnectionResetError(errno.ECONNRESET, "Connection reset by peer"), "Connection reset by peer"),
        (ZeroDivisionError("division\nby zero"), "a fault of this program (ZeroDivisionError: division by zero; "),
        (DockerException("no answer"), "a fault of this program (DockerException: no answer; "),
    ],
)
def test_whatever_goes_wrong_in_a_step_breaks_it_with_its_cause_and_nothing_is_done_twice(
    project: Project, monkeypatch: pytest.MonkeyPatch, error: Exception, told: str
) -> None:
    project.snippet("a", "$ echo one >> seen\n$ true\n$ true\n")
    fails = Fails(error)
    monkeypatch.setattr("harness.executor.judge", fails)
    run = project.run("a", "a")
    assert outcomes(run.fact.blocks) == [["broken", "blocked", "blocked"], ["blocked"] * 3]
    [block, _] = run.fact.blocks
    assert block.steps[0].reason.startswith(told)
    assert (fails.calls, (project.host.home / "seen").read_text()) == (1, "one\n")
    assert run.trouble == []
    assert (project.root / "build/evidence/28/docs/page.json").exists()


def test_a_fault_of_this_program_says_where_it_is_and_that_it_should_be_reported(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.snippet("a", "$ true\n")
    monkeypatch.setattr("harness.executor.judge", Fails(ValueError("odd")))
    [step] = project.run("a").fact.blocks[0].steps
    assert re.fullmatch(
        r"a fault of this program \(ValueError: odd; (\w+\.py:\d+ > )*executor\.py:\d+\); "
        "report it with this line and the page, as CONTRIBUTING.md says",
        step.reason,
    )


def test_a_file_that_cannot_be_written_breaks_the_page(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    (project.root / "snippets/Dockerfile").write_text("FROM centos\n")
    project.snippet("a", "$ true\n")
    monkeypatch.setattr(project.host, "write_file", Fails(TypeError("odd")))
    run = project.run('``` dockerfile title="Dockerfile"\n--8<-- "Dockerfile"\n```\n', "a")
    assert outcomes(run.fact.blocks) == [["broken"], ["blocked"]]
    assert run.fact.blocks[1].steps[0].reason == "Dockerfile could not be written"


def test_a_file_of_a_page_from_elsewhere_is_told_with_its_place_there(project: Project) -> None:
    run = project.run("\n\n", '``` yaml title="/proc/version"\na: 1\n```\n', file="note.md")
    assert outcomes(run.fact.blocks) == [["broken"]]
    assert (run.fact.blocks[0].file, run.fact.blocks[0].steps[0].line) == ("note.md", 4)


@pytest.mark.parametrize("asked", ["engine_version", "images", "tools"])
def test_what_a_machine_cannot_say_in_the_end_costs_no_outcome_and_no_evidence(
    project: Project, monkeypatch: pytest.MonkeyPatch, asked: str
) -> None:
    project.snippet("a", "$ true\n")
    monkeypatch.setattr(project.host, asked, Fails(KeyError("odd")))
    run = project.run("a")
    assert outcomes(run.fact.blocks) == [["passed"]]
    assert run.trouble[0].startswith("docs/page.md on 28: not all was written down: a fault of this program (KeyError")
    assert (project.root / "build/evidence/28/docs/page.json").exists()


def test_evidence_that_cannot_be_written_costs_no_outcome_and_is_told(project: Project) -> None:
    project.snippet("a", "$ true\n")
    (project.root / "build").write_text("in the way")
    run = project.run("a")
    assert outcomes(run.fact.blocks) == [["passed"]]
    [told] = run.trouble
    assert told.startswith("docs/page.md on 28: not all was written down: ")
    assert "fault of this program" not in told


def test_a_run_of_some_blocks_leaves_the_earlier_evidence_whole(project: Project) -> None:
    project.snippet("a", "$ echo $RANDOM\n...\n")
    project.run("a", "a")
    before = {path: path.read_bytes() for path in (project.root / "build").rglob("*") if path.is_file()}
    assert len(before) == 3
    project.run("a", "a", blocks=1)
    assert {path: path.read_bytes() for path in (project.root / "build").rglob("*") if path.is_file()} == before


def test_an_image_that_is_not_there_breaks_the_step_that_asked_for_it(project: Project) -> None:
    project.snippet("a", "$ : docker run alpine; echo none\nhi\n$ true\n")
    project.host.absent = [Missing("alpine", "no stand-in for alpine", 3600)]
    [block] = project.run("a").fact.blocks
    assert outcomes([block]) == [["broken", "blocked"]]
    assert (block.steps[0].reason, block.steps[0].actual) == ("no stand-in for alpine", "none")


def test_an_image_that_an_earlier_step_was_to_miss_is_no_reason(project: Project) -> None:
    project.snippet("a", "$ echo one\ntwo\n")
    project.host.absent = [Missing("alpine", "no stand-in for alpine", 3600)]
    assert outcomes(project.run("a").fact.blocks) == [["differs"]]


@pytest.mark.parametrize(
    ("nameless", "printed", "outcome"),
    [
        (True, "at cache: Temporary failure in name resolution", "broken"),
        (True, "ping: bad address 'cache'", "broken"),
        (True, "at cache: Connection refused", "differs"),
        (True, "at cache: Name or service not known", "passed"),
        (False, "at cache: Temporary failure in name resolution", "differs"),
    ],
)
def test_a_name_that_does_not_resolve_is_a_fault_where_no_name_server_answers(
    project: Project, nameless: bool, printed: str, outcome: str
) -> None:
    project.snippet("a", f'$ echo "{printed}"\nat cache: Name or service not known\n')
    project.host.nameless = nameless
    [block] = project.run("a").fact.blocks
    assert outcomes([block]) == [[outcome]]
    assert (read(block.steps[0].reason) == Fault(Kind.NETWORK, "")) == (outcome == "broken")


@pytest.mark.parametrize(("options", "outcome"), [("", "broken"), ("--tmpfs /data:size=1m ", "differs")])
def test_a_disk_that_is_full_is_a_fault_unless_the_page_bounds_one_itself(
    project: Project, options: str, outcome: str
) -> None:
    project.snippet("a", f"$ : docker run {options}web; echo 'dd: /data/big: No space left on device'\ndone\n")
    assert outcomes(project.run("a").fact.blocks) == [[outcome]]


def test_what_is_declared_as_unchecked_is_told_with_its_reason_and_the_page_goes_on(project: Project) -> None:
    project.snippet("net", "$ curl https://get.example\n")
    project.snippet("b", "$ true\n")
    run = project.run("net", "b", front="unchecked:\n  net.console: 인터넷이 필요합니다")
    assert outcomes(run.fact.blocks) == [["unchecked"], ["passed"]]
    assert run.fact.blocks[0].steps[0].reason == "인터넷이 필요합니다"


def test_a_fence_for_reading_is_unchecked(project: Project) -> None:
    [fact] = project.run("``` powershell\ndocker ps\n```\n").fact.blocks
    assert (fact.kind, fact.outcome, fact.steps[0].command) == ("reading", Outcome.UNCHECKED, "docker ps")


def test_a_file_that_the_reader_writes_is_written_where_the_page_shows_it(project: Project) -> None:
    (project.root / "snippets" / "Dockerfile").write_text("FROM debian:13\n")
    [fact] = project.run('``` dockerfile title="web/Dockerfile"\n--8<-- "Dockerfile"\n```\n').fact.blocks
    assert (fact.kind, fact.outcome) == ("file", Outcome.PASSED)
    assert (project.host.home / "web/Dockerfile").read_bytes() == b"FROM debian:13\n"


def test_a_file_is_written_where_the_reader_is(project: Project) -> None:
    (project.root / "snippets" / "Dockerfile").write_text("FROM debian:13\n")
    project.snippet("a", "$ mkdir -p web && cd web\n")
    project.run("a", '``` dockerfile title="Dockerfile"\n--8<-- "Dockerfile"\n```\n')
    assert (project.host.home / "web/Dockerfile").read_bytes() == b"FROM debian:13\n"


def test_a_block_runs_the_blocks_before_it_and_each_once(project: Project) -> None:
    project.snippet("a", "$ echo x >> file\n")
    project.snippet("b", "$ cat file\nx\n")
    run = project.run("a", "b")
    assert run.run(1) is run.fact.blocks[1]
    assert outcomes(run.fact.blocks) == [["passed"], ["passed"]]


def test_the_evidence_holds_the_digest_of_the_text_that_was_judged(project: Project) -> None:
    project.snippet("a", "$ echo new\nnew\n")
    older = project.snippet("a@until-28", "$ echo old\nold\n")
    project.host.has = {"centos:latest": Image("sha256:0", standin=True)}
    run = project.run("a")
    stored = json.loads((project.root / "build/evidence/28/docs/page.json").read_text())
    assert stored["blocks"][0]["sha256"] == digest(older.read_text())
    assert stored["blocks"][0]["file"] == "snippets/a@until-28.console"
    assert (stored["version"], stored["lane"]) == ("28.5.2", "standin")
    assert stored["images"] == {"centos:latest": {"digest": "sha256:0", "standin": True}}
    assert stored["tools"] == {"compose": "2.40.3-3"}
    assert run.fact.blocks[0].recording.startswith("28/docs/page/1-")


def test_the_recording_of_a_block_shows_its_terminal_and_nothing_of_other_blocks(project: Project) -> None:
    project.snippet("a", "$ echo first\nfirst\n")
    project.snippet("b", "$ echo second\nsecond\n")
    run = project.run("a", "b")
    header, *events = (project.root / "build/evidence" / run.fact.blocks[1].recording).read_text().splitlines()
    assert json.loads(header)["version"] == 2
    shown = "".join(json.loads(event)[2] for event in events)
    assert ("second\r\n" in shown, "first" in shown) == (True, False)


# Recording a sample.


def test_recording_rewrites_what_no_longer_fits_and_nothing_else(project: Project) -> None:
    file = project.snippet(
        "a", "$ echo one\none\n$ echo two; (exit 5)\ntwo  \nthree\n$ date\nMon Nov 23 20:28:57 UTC 2026\n"
    )
    run = project.run("a", recording=True)
    assert file.read_text() == "$ echo one\none\n$ echo two; (exit 5)\ntwo\n[5]\n$ date\nMon Nov 23 20:28:57 UTC 2026\n"
    assert outcomes(run.fact.blocks) == [["passed", "passed", "passed"]]


def written(run: PageRun) -> dict[str, str]:
    """The files that a run has rewritten, each with how it differs now."""
    assert run.rewriter
    return {str(file): changed for file, changed in run.rewriter.written.items()}


def test_what_was_recorded_is_shown_as_a_difference(project: Project) -> None:
    project.snippet("a", "$ echo one\none\n$ true\n$ true\n$ echo two; (exit 5)\n2\n$ true\n$ true\n$ true\n")
    project.snippet("b", "$ true\n")
    assert written(project.run("a", "b", recording=True)) == {
        "snippets/a.console": "--- snippets/a.console\n+++ snippets/a.console\n@@ -4,5 +4,6 @@\n $ true\n"
        " $ echo two; (exit 5)\n-2\n+two\n+[5]\n $ true\n $ true"
    }


def test_what_older_engines_keep_is_told_where_the_newest_writes_the_snippet(project: Project) -> None:
    project.snippet("a", "$ echo one\n1\n")
    changed = written(project.run("a", recording=True, engine="29"))
    assert changed["snippets/a@until-28.console"] == "new: what snippets/a.console was"
    assert changed["snippets/a.console"].endswith("\n $ echo one\n-1\n+one")
    assert written(project.run("a", recording=True, engine="29")) == {}


def test_a_second_record_changes_nothing(project: Project) -> None:
    file = project.snippet(
        "a",
        "$ docker run -it centos\n[root@123456789abc ~]# exit 3\nexit\n[3]\n$ echo is 588ec8$((830392))\n123456789abc\n"
        "$ seq 20\n1\n...\n21\n$ sh -c 'echo gone; exit 4'\n$ date\nMon Nov 23 20:28:57 UTC 2026\n",
    )
    assert list(written(project.run("a", recording=True))) == ["snippets/a.console"]
    recorded = file.read_text()
    assert recorded == (
        "$ docker run -it centos\n[root@123456789abc ~]# exit 3\nexit\n[3]\n$ echo is 588ec8$((830392))\n"
        "is 123456789abc\n$ seq 20\n1\n...\n20\n$ sh -c 'echo gone; exit 4'\ngone\n[4]\n"
        "$ date\nMon Nov 23 20:28:57 UTC 2026\n"
    )
    assert written(project.run("a", recording=True)) == {}
    assert file.read_text() == recorded


def test_a_rewritten_sample_keeps_the_pages_ids(project: Project) -> None:
    file = project.snippet(
        "a",
        "$ docker run -it centos\n[root@123456789abc ~]# exit\nexit\n$ echo again 588ec8$((830392))\n123456789abc\n",
    )
    project.run("a", recording=True)
    assert file.read_text() == (
        "$ docker run -it centos\n[root@123456789abc ~]# exit\nexit\n"
        "$ echo again 588ec8$((830392))\nagain 123456789abc\n"
    )


def test_a_rewritten_sample_keeps_an_id_that_a_later_command_names(project: Project) -> None:
    file = project.snippet("a", "$ echo old 588ec8$((830392))\nID 123456789abc\n$ echo 123456789abc\n123456789abc\n")
    run = project.run("a", recording=True)
    assert file.read_text() == "$ echo old 588ec8$((830392))\nold 123456789abc\n$ echo 123456789abc\n123456789abc\n"
    assert run.fact.blocks[0].steps[1].typed == "echo 588ec8830392"


def test_without_recording_no_sample_is_touched(project: Project) -> None:
    file = project.snippet("a", "$ echo one\ntwo\n")
    project.run("a")
    assert file.read_text() == "$ echo one\ntwo\n"


def test_recording_on_an_older_engine_writes_its_variant(project: Project) -> None:
    file = project.snippet("a", "$ echo one\none\n$ echo two\n2\n")
    run = project.run("a", recording=True, engine="20.10")
    assert file.read_text() == "$ echo one\none\n$ echo two\n2\n"
    assert file.with_name("a@20.10.console").read_text() == "$ echo one\none\n$ echo two\ntwo\n"
    assert run.rewriter
    assert run.rewriter.target(Path("snippets/a.console")) == Path("snippets/a@20.10.console")


def test_recording_fills_in_a_sample_that_is_not_there_yet(project: Project) -> None:
    file = project.snippet("a", "$ echo one\n$ echo two")
    project.run("a", recording=True)
    assert file.read_text() == "$ echo one\none\n$ echo two\ntwo\n"


@pytest.mark.parametrize(
    ("command", "lines"),
    [
        ("echo '[1]'", "[1]\n[0]\n"),
        ("printf '%s\\n' one '[1]'; (exit 3)", "one\n[1]\n[3]\n"),
        ("printf '%s\\n' '[1]' one", "[1]\none\n"),
        ("echo '[0]'", "[0]\n[0]\n"),
        ("printf '%s\\n' one '> two'", "one\n> two\n"),
        ("printf '%s\\n' one '# two'", "one\n# two\n"),
    ],
)
def test_what_is_recorded_passes_the_next_time(project: Project, command: str, lines: str) -> None:
    file = project.snippet("a", f"$ {command}\nother\n$ echo next\nnext\n")
    project.run("a", recording=True)
    assert file.read_text() == f"$ {command}\n{lines}$ echo next\nnext\n"
    assert outcomes(project.run("a").fact.blocks) == [["passed", "passed"]]


@pytest.mark.parametrize(
    ("command", "line", "why"),
    [
        ("printf '$ %s\\n' 'touch x'", "$ touch x", "would be read as a prompt"),
        ("echo '$'", "$", "would be read as a prompt"),
        ("echo 'root@588ec8830392:/# '", "root@588ec8830392:/#", "would be read as a prompt"),
        ("printf '> %s\\n' q", "> q", "would be read as a line of the command"),
        ("printf '%s\\n' one ...", "...", "would be read as lines left out"),
        ("printf '%s\\n' one '  ...'", "  ...", "would be read as lines left out"),
        ("printf '%s\\n' one '^C to stop'", "^C to stop", "would be read as Ctrl+C"),
        ("printf '%s\\n' '```'", "```", "would end the fence that shows it"),
    ],
)
def test_what_a_sample_cannot_hold_is_not_recorded_and_the_rest_is(
    project: Project, command: str, line: str, why: str
) -> None:
    file = project.snippet("a", f"$ {command}\nother\n$ echo next\n")
    [fact] = project.run("a", recording=True).fact.blocks
    assert file.read_text() == f"$ {command}\nother\n$ echo next\nnext\n"
    assert outcomes([fact]) == [["differs", "passed"]]
    assert fact.steps[0].reason == (
        f"not recorded: the output's line `{line}` {why}; show `...` in the place of that line, "
        "or change the command so that it prints another"
    )


def test_a_prompt_of_the_sessions_own_containers_is_not_recorded_as_output(project: Project) -> None:
    prompt = "[root@123456789abc ~]# "
    text = f'$ docker run -it centos\n{prompt}echo "[root@588ec$((8830392)) ~]# ls"\nx\n{prompt}exit\n'
    file = project.snippet("a", text)
    [fact] = project.run("a", recording=True).fact.blocks
    assert fact.steps[1].reason.startswith(
        "not recorded: the output's line `[root@123456789abc ~]# ls` would be read as a prompt"
    )
    assert file.read_text() == text + "exit\n"


def test_recording_works_inside_a_container_whose_prompt_has_an_id(project: Project) -> None:
    prompt = "[root@123456789abc ~]# "
    file = project.snippet(
        "a", f"$ docker run -it centos\n{prompt}echo one\ntwo\n{prompt}hostname\n{prompt}exit\nexit\n"
    )
    run = project.run("a", recording=True)
    host = socket.gethostname()
    assert file.read_text() == (
        f"$ docker run -it centos\n{prompt}echo one\none\n{prompt}hostname\n{host}\n{prompt}exit\nexit\n"
    )
    assert outcomes(run.fact.blocks) == [["passed"] * 4]


def test_recording_stops_where_another_prompt_came(project: Project) -> None:
    text = "$ true || docker run centos; echo none\n[root@123456789abc ~]# exit\nexit\n"
    file = project.snippet("a", text)
    assert outcomes(project.run("a", recording=True).fact.blocks) == [["differs", "blocked"]]
    assert file.read_text() == text


def test_recording_keeps_the_lines_that_are_left_out(project: Project) -> None:
    file = project.snippet("a", "$ seq 9; echo new\n1\n...\n8\n9\nold\n")
    project.run("a", recording=True)
    assert file.read_text() == "$ seq 9; echo new\n1\n...\n8\n9\nnew\n"


def test_recording_keeps_the_indent_of_lines_left_out(project: Project) -> None:
    file = project.snippet("a", "$ seq 9; echo new\n1\n  ...\n8\n9\nold\n")
    project.run("a", recording=True)
    assert file.read_text() == "$ seq 9; echo new\n1\n  ...\n8\n9\nnew\n"


def test_recording_waits_for_no_line_that_comes_no_more_before_it_presses_ctrl_c(project: Project) -> None:
    file = project.snippet("a", "$ echo start; while sleep 0.1; do echo tick; done\nbegin\ntick\n^C\n")
    project.run("a", front="timeout: 60", recording=True)
    lines = file.read_text().split("\n")
    assert lines[1:3] == ["start", "tick"]
    assert (lines[-2], len(lines) < 200) == ("^C", True)  # at the end of its time it would be 480


def test_recording_what_is_interrupted_writes_no_status_that_the_page_does_not_show(project: Project) -> None:
    file = project.snippet("a", "$ echo one; sleep 60\ntwo\n^C\n$ echo next\nnext\n")
    run = project.run("a", recording=True, front="timeout: 3")
    assert file.read_text() == "$ echo one; sleep 60\none\n^C\n$ echo next\nnext\n"
    assert outcomes(run.fact.blocks) == [["passed", "passed"]]


# What stands in for docker: of what it prints the first time, only so many lines come.
_LOSING = "$ docker() {{ printf '%s\\n' one two | head -n ${{seen:-{}}}; seen=2; }}\n"


LOST = "the engine lost what a container printed (moby/moby#20951): typed once more, the command fits"


@pytest.mark.parametrize("came", [0, 1])
def test_output_of_a_container_that_the_engine_lost_is_typed_again(project: Project, came: int) -> None:
    project.snippet("a", _LOSING.format(came) + "$ docker run --rm debian id\none\ntwo\n$ echo after\nafter\n")
    run = project.run("a")
    [block] = run.fact.blocks
    assert outcomes([block]) == [["passed", "passed", "passed"]]
    assert (block.steps[1].reason, block.steps[1].actual) == (LOST, "one\ntwo")
    [recording] = project.root.glob("build/evidence/**/*.cast")
    assert recording.read_text().count("docker run --rm debian id") == 1


@pytest.mark.parametrize(
    "command",
    [
        "docker run --name web debian id",
        "docker run --rm --name web debian id",
        "docker run --rm -v data:/data debian id",
        "docker exec web id",
        "touch file; docker run --rm debian id",
        "docker run --rm debian id | tee file",
        "docker run --rm debian id 2>file",
        'cat <(echo "$(touch file)"); docker run --rm debian id',
    ],
)
def test_where_typing_again_may_leave_another_machine_the_page_ends_there(project: Project, command: str) -> None:
    losing = "$ docker() { [ -e seen ] && printf 'one\\n'; touch seen; }\n"
    project.snippet("a", f"{losing}$ {command}\none\n$ echo after\nafter\n")
    [block] = project.run("a").fact.blocks
    assert (outcomes([block]), block.steps[1].reason) == ([["passed", "broken", "blocked"]], LOST)


def test_so_it_is_where_what_was_lost_would_stand_in_the_middle_of_a_line(project: Project) -> None:
    command = 'for n in 1 2; do echo "$n: $(docker run --rm debian id) | $n"; done'
    losing = "$ docker() { [ -e seen ] && echo one; touch seen; }\n"  # what it prints the first time, in any shell
    project.snippet("a", f"{losing}$ {command}\n1: one | 1\n2: one | 2\n")
    [block] = project.run("a").fact.blocks
    assert (outcomes([block]), block.steps[1].reason) == ([["passed", "passed"]], LOST)


@pytest.mark.parametrize(
    ("command", "sample"),
    [
        ("echo $(docker run --rm debian id)", "one two\n"),
        ("docker run --rm debian id", "one\ntwo\nthree\n"),  # a page that says too much
        ("docker run --rm debian id", "two\none\n"),
        ("docker run --rm debian id", "one\ntwo\n[3]\n"),
        ("docker logs web", "one\ntwo\n"),  # what a page asks for too early
    ],
)
def test_what_doesnt_fit_when_it_is_typed_once_more_or_is_no_container_is_drift(
    project: Project, command: str, sample: str
) -> None:
    project.snippet("a", _LOSING.format(1) + f"$ {command}\n{sample}")
    assert outcomes(project.run("a").fact.blocks) == [["passed", "differs"]]
