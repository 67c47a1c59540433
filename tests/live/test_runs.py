"""Whole runs of the plugin on real labs: verdicts, exit statuses, what is written, and what is left behind."""

import json
import signal
import subprocess
import time
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from contextlib import ExitStack, suppress
from functools import partial

import docker
import pytest

from harness.evidence.facts import Outcome
from harness.lab.lab_images import build_lab_image
from harness.lab.labs import find
from live.cuttable_socket import cuttable_socket
from live.project import Project

PASSES = """\
``` console
$ echo one
one
$ docker ps
CONTAINER ID   IMAGE     COMMAND   CREATED   STATUS    PORTS     NAMES
```
"""
DIFFERS = "``` console\n$ echo one\ntwo\n$ echo three\nthree\n```\n"
HANGS = "---\ntimeout: 2\n---\n\n``` console\n$ echo before; sleep 600\n```\n\n``` console\n$ true\n```\n"
WRONG = "``` console\nno prompt\n```\n"
SAME_ID = """\
``` console
$ docker run -dit --name box centos
Unable to find image 'centos:latest' locally
latest: Pulling from library/centos
a1d0c7532777: Pull complete
Digest: sha256:a27fd8080b517143cbbbab9dfb7c8571c40d67d534bbdee55bd6c473f432b177
Status: Downloaded newer image for centos:latest
588ec8830392aa7b5e2c2ca0e1f4b8e2ff5d4a3c1b0e9f8d7c6b5a4938271605
$ docker ps -q
588ec8830392
$ docker rm -f 588ec8830392
588ec8830392
$ docker ps -aq
```
"""


SECRETS = ("GITHUB_TOKEN", "DOCKER_AUTH_CONFIG")  # in the environment of the run; a lab knows nothing of it
SEARCHED = "sudo grep -l secret-of-the-ru[n] /proc/*/environ /root/* /home/reader/.docker/* /etc/* 2> /dev/null"
KNOWS_NOTHING = f"``` console\n$ env | grep -c secret-of-the-run\n0\n[1]\n$ {SEARCHED}\n[2]\n```\n"


def test_pages_that_tell_the_truth_pass_whatever_is_in_the_environment_of_the_run(project: Project) -> None:
    project.environment |= dict.fromkeys(SECRETS, "secret-of-the-run")
    ran = project.run({"passes.md": PASSES, "same.md": SAME_ID, "knows-nothing.md": KNOWS_NOTHING})
    assert ran.returncode == 0, ran.stdout
    counts = {"passed": 8, "differs": 0, "broken": 0, "blocked": 0, "unchecked": 0}
    summary = project.summary()
    assert {key: summary[key] for key in counts} == counts
    assert summary["engines"] == ["28"]


HOSTILE = r"""
``` console
$ printf '\033]0;title\a\033[31mred\033[0m \033P1$r\033\\ <script>alert(1)</script> `code` **bold**\n'
nothing like it
```
"""


@pytest.fixture(scope="module")
def mixed(
    tmp_path_factory: pytest.TempPathFactory, environment: dict[str, str]
) -> tuple[Project, subprocess.CompletedProcess[str]]:
    """A run of pages of every kind."""
    project = Project(tmp_path_factory.mktemp("mixed"), environment)
    pages = {"differs.md": DIFFERS, "hangs.md": HANGS, "wrong.md": WRONG, "passes.md": PASSES, "hostile.md": HOSTILE}
    options = ("--color=no", "--junit-xml=junit.xml", "--numprocesses=2", "--dist=loadscope")
    return project, project.run(pages, *options)


def test_what_a_terminal_was_sent_reaches_the_report_as_text(
    mixed: tuple[Project, subprocess.CompletedProcess[str]],
) -> None:
    project, ran = mixed
    assert "<script>alert(1)</script> `code` **bold**" in ran.stdout
    written = [ran.stdout, (project.root / "junit.xml").read_text()]
    written += [(project.root / "build/evidence/28/hostile.json").read_text()]
    assert not any(sign in text for text in written for sign in ("\x1b", "\x07", "\u001b", "#x1B"))


def test_drift_breakage_and_wrong_pages_are_told_apart_and_none_stops_the_others(
    mixed: tuple[Project, subprocess.CompletedProcess[str]],
) -> None:
    project, ran = mixed
    assert ran.returncode == 1, ran.stdout
    assert "differs.md:3: line: `one`, the page says `two`" in ran.stdout
    assert "hangs.md:6: `echo before; sleep 600` could not be judged: did not end within its time (2 s)" in ran.stdout
    assert "wrong.md:2: no prompt: found `no prompt`" in ran.stdout
    assert "Traceback" not in ran.stdout
    summary = project.summary()
    assert [summary[key] for key in ("passed", "differs", "broken", "blocked")] == [4, 2, 1, 0]
    # hangs, wrong, differs, hostile
    assert reported(project) == ["error", "error", "failure", "failure"]


def reported(project: Project) -> list[str]:
    """What JUnit's report says beside what passed."""
    cases = ElementTree.parse(project.root / "junit.xml").getroot().iter("testcase")
    return sorted(child.tag for case in cases for child in case if child.tag in ("failure", "error", "skipped"))


def test_a_wrong_page_alone_ends_with_2(project: Project) -> None:
    ran = project.run({"wrong.md": WRONG, "passes.md": PASSES})
    assert (ran.returncode, project.summary()["passed"]) == (2, 2)


def test_recording_a_page_from_elsewhere_writes_into_its_fences(project: Project) -> None:
    ran = project.run({"differs.md": DIFFERS}, "--record", "--numprocesses=2")
    assert ran.returncode == 0, ran.stdout
    assert "rewritten: differs.md\n  --- differs.md\n  +++ differs.md\n" in ran.stdout
    assert "   $ echo one\n  -two\n  +one\n   $ echo three\n" in ran.stdout
    assert (project.root / "differs.md").read_text() == DIFFERS.replace("two", "one")
    assert "rewritten" not in project.run({"differs.md": DIFFERS.replace("two", "one")}, "--record").stdout


def test_a_lab_that_cannot_be_built_breaks_the_run_and_says_why(project: Project) -> None:
    ran = project.run({"passes.md": PASSES}, "--engine=29")
    assert ran.returncode == 6, ran.stdout
    assert "engine 29 is only declared here: building its lab needs the internet" in ran.stdout
    assert "Traceback" not in ran.stdout
    summary = project.summary()
    assert [summary[key] for key in ("passed", "differs", "broken", "engines")] == [0, 0, 0, ["29"]]


def test_an_engine_that_cannot_be_built_runs_on_a_lab_image_that_is_given(
    project: Project, client: docker.DockerClient
) -> None:
    image = build_lab_image(client, find("28"), "engine", print)
    ran = project.run({"passes.md": PASSES}, "--engine=29", f"--lab-image={image}")
    assert ran.returncode == 0, ran.stdout
    seen = json.loads((project.root / "build/evidence/29/passes.json").read_text())
    assert (seen["engine"], seen["version"].partition(".")[0]) == ("29", "28")  # the evidence says what it really was


def test_a_lab_image_that_is_not_there_breaks_the_run_and_is_named(project: Project) -> None:
    ran = project.run({"passes.md": PASSES}, "--engine=29", "--lab-image=docker-note/no-such:1")
    assert ran.returncode == 6, ran.stdout
    assert "the outer engine has no image `docker-note/no-such:1`, which is to be the lab of engine 29" in ran.stdout


def test_an_engine_that_is_gone_in_the_middle_of_a_run_is_told_without_a_traceback(
    project: Project, environment: dict[str, str], client: docker.DockerClient
) -> None:
    path = project.root / "cuttable.sock"
    pages = {"page.md": SLEEPS, "passes.md": PASSES}
    with cuttable_socket(environment["DOCKER_HOST"], path) as engine:
        project.environment |= {"DOCKER_HOST": f"unix://{path}"}
        with project.start(pages) as run:
            wait_until(lambda: runs(project, client, "sleep 60"))
            engine.close()
            told = run.communicate()[0]
    assert run.returncode == 6, told
    assert "`sleep 60` could not be judged: closed the terminal: the outer engine does not answer" in told
    assert "passes.md:2: `echo one` could not be judged: reaching the outer engine: No such file or directory" in told
    assert "the next run removes what is left" in told
    assert "Traceback" not in told
    assert counts(project) == {"broken": 2, "blocked": 2}
    project.environment |= environment
    assert project.run({"passes.md": PASSES}).returncode == 0
    assert project.living(client) == []


SLEEPS = "``` console\n$ sleep 60\n$ true\n```\n"


def counts(project: Project) -> dict[str, object]:
    """What the summary counts."""
    return {name: number for name, number in project.summary().items() if name in list(Outcome) and number}


def test_a_connection_that_is_lost_for_a_moment_costs_one_step(
    project: Project, environment: dict[str, str], client: docker.DockerClient
) -> None:
    path = project.root / "cuttable.sock"
    with cuttable_socket(environment["DOCKER_HOST"], path) as engine:
        project.environment |= {"DOCKER_HOST": f"unix://{path}"}
        with project.start({"page.md": SLEEPS, "passes.md": PASSES}) as run:
            wait_until(lambda: runs(project, client, "sleep 60"))
            engine.cut()
            told = run.communicate()[0]
    assert run.returncode == 6, told
    assert "page.md:2: `sleep 60` could not be judged: closed the terminal" in told
    assert "Traceback" not in told
    assert counts(project) == {"passed": 3, "broken": 1}
    assert project.living(client) == []


def test_a_mirror_that_is_killed_while_a_page_runs_is_why_it_and_the_later_ones_are_broken(
    project: Project, client: docker.DockerClient
) -> None:
    wait = "until [ -e /tmp/gone ]; do sleep 0.1; done"
    pulls = f"``` console\n$ {wait}; docker pull -q centos\ndocker.io/library/centos:latest\n$ true\n```\n"
    with project.start({"pulls.md": pulls, "passes.md": PASSES}) as run:
        wait_until(lambda: runs(project, client, "sleep 0.1"))
        living = project.living(client)
        [mirror] = [name for name in living if "lab" not in name and "disks" not in name]
        client.api.kill(mirror.lstrip("/"))
        for lab in (name for name in living if "lab" in name):
            client.containers.get(lab.lstrip("/")).exec_run(["touch", "/tmp/gone"])
        told = run.communicate()[0]
    assert run.returncode == 6, told
    assert f"pulls.md:2: `{wait}; docker pull -q centos` could not be judged: the registry mirror does not" in told
    assert "passes.md:2: `echo one` could not be judged: the registry mirror is gone: its container was ended" in told
    assert "Traceback" not in told
    assert counts(project) == {"broken": 2, "blocked": 2}
    assert project.living(client) == []


FAULTS_OF_OURS = """
from harness import executor
from harness.evidence import files

judge, write_page = executor.judge, files.write_page

def failing_judge(step, *rest):
    return judge(step, *rest) if "odd" not in step.command else 1 / 0

def failing_write(folder, page, *rest):
    if page.page == "full.md":
        raise OSError(28, "No space left on device")
    return write_page(folder, page, *rest)

executor.judge, files.write_page = failing_judge, failing_write
"""


def test_faults_of_this_program_are_told_as_such_and_cost_no_other_page(project: Project) -> None:
    (project.root / "conftest.py").write_text(FAULTS_OF_OURS)
    odd = "``` console\n$ echo odd\nodd\n$ true\n```\n\n``` console\n$ true\n```\n"
    ran = project.run({"odd.md": odd, "full.md": PASSES, "passes.md": PASSES}, "--junit-xml=junit.xml")
    assert ran.returncode == 6, ran.stdout
    fault = "odd.md:2: `echo odd` could not be judged: a fault of this program (ZeroDivisionError: division by zero; "
    assert fault in ran.stdout
    assert "report it with this line and the page" in ran.stdout
    assert "full.md on 28: not all was written down: No space left on device" in ran.stdout
    assert "Traceback" not in ran.stdout + ran.stderr
    assert counts(project) == {"passed": 4, "broken": 1, "blocked": 2}
    assert {path.stem for path in (project.root / "build/evidence/28").glob("*.json")} == {"odd", "passes"}
    assert reported(project) == ["error", "error", "skipped"]


def runs(project: Project, client: docker.DockerClient, command: str) -> bool:
    """Whether a lab of the project's has come as far as to run the command."""
    with suppress(docker.errors.APIError):  # not there any more, or not yet
        labs = [name for name in project.living(client) if "lab" in name]
        return any(command in row for lab in labs for row in client.api.top(lab)["Processes"])
    return False


def wait_until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < deadline, "this never came true"
        time.sleep(0.1)


def stopped(project: Project, client: docker.DockerClient, *stops: signal.Signals) -> None:
    """Starts a run for each signal, side by side, and sends it once the run's page is in its only step."""
    pages = {stop: f"{stop.name}.md" for stop in stops}
    with ExitStack() as stack:
        started = {}
        for stop, page in pages.items():
            text = f"``` console\n$ docker ps -q; sleep {600 + stop}\n```\n"
            started[stop] = stack.enter_context(project.start({page: text}))
        for stop, run in started.items():
            wait_until(partial(runs, project, client, f"sleep {600 + stop}"))
            run.send_signal(stop)
            run.communicate()
    assert list((project.root / "build/evidence").rglob("SIG*.json")) == []


def test_what_a_killed_run_leaves_is_gone_with_the_next_run(project: Project, client: docker.DockerClient) -> None:
    kills = (signal.SIGKILL, signal.SIGTERM, signal.SIGHUP)
    stopped(project, client, *kills)
    assert len(project.living(client)) >= 2 * len(kills)  # a mirror and a lab of each
    assert project.run({"passes.md": PASSES}).returncode == 0
    assert project.living(client) == []


def test_what_a_run_that_ctrl_c_stops_leaves_is_gone_with_it(project: Project, client: docker.DockerClient) -> None:
    stopped(project, client, signal.SIGINT)
    assert project.living(client) == []


def test_two_runs_at_the_same_time_leave_each_other_alone(
    project: Project, tmp_path_factory: pytest.TempPathFactory, client: docker.DockerClient
) -> None:
    other = Project(tmp_path_factory.mktemp("other"), project.environment)
    other.cache = project.cache
    other.environment["XDG_CACHE_HOME"] = str(project.cache)
    with project.start({"same.md": SAME_ID}) as first:
        assert other.run({"same.md": SAME_ID}).returncode == 0
        first.communicate()
    assert first.returncode == 0
    assert project.summary() == other.summary()
    assert project.living(client) == []
