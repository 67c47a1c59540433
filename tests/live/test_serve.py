"""`nox -s serve` as a contributor has it: a page is saved wrong, repaired, spoilt, and Ctrl-C leaves nothing behind."""

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from typing import Any

import docker
import pytest

from harness.lab.engines import fallback
from harness.lab.outer.runs import OWNER
from live.project import Project

PAGE = '---\ntitle: 인사\n---\n\n# 인사\n\n``` console\n--8<-- "hello/run.console"\n```\n'


class Serving:
    """A `serve` that runs in `root`, and a browser that has its page open."""

    def __init__(self, root: Path, process: subprocess.Popen[str]) -> None:
        self.root, self.process = root, process
        found = re.search(r"http://([\d.:]+)/", self.until("the site is at"))
        assert found
        self._host = found[1]
        self._events = self._get("/serve/events?page=hello.html")

    def until(self, expected: str) -> str:
        """What the terminal shows, up to the line with that."""
        assert self.process.stdout
        said = ""
        for line in self.process.stdout:
            said += line
            if expected in line:
                return said
            if "no page run" in line:  # there is no lab, and nothing more comes
                break
        pytest.fail(f"it did not come to `{expected}`:\n{said}")

    def save(self, name: str, text: str) -> None:
        (self.root / name).write_text(text, "utf-8")

    def browser_is_told(self, outcome: str) -> str:
        """What is said of the page in the browser once it comes to `outcome`."""
        while True:
            said = self._told()
            if said.get("page") == "hello.html" and said["outcome"] == outcome:
                return str(said["text"])

    def page_with(self, expected: str) -> str:
        """The page, once it has `expected`, and the browser has been told that it changed until then."""
        while expected not in (page := self._get("/hello.html").read().decode()):
            while "hello.html" not in self._told().get("changed", ()):
                pass
        return page

    def _told(self) -> dict[str, Any]:
        """The next thing that the browser is told."""
        while not (line := self._events.readline().decode()).startswith("data: "):
            assert line, "the server has ended"
        message: dict[str, Any] = json.loads(line.removeprefix("data: "))
        return message

    def _get(self, path: str) -> HTTPResponse:
        connection = HTTPConnection(self._host)
        connection.request("GET", path)
        return connection.getresponse()


@contextmanager
def serving(root: Path, environment: dict[str, str], *options: str) -> Iterator[Serving]:
    command = [sys.executable, "noxfile.py", "-s", "serve", "--", "--dev-addr=127.0.0.1:0", *options]
    with subprocess.Popen(
        command,
        cwd=root,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    ) as process:
        try:
            yield Serving(root, process)
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)


def made(client: docker.DockerClient, project: Project) -> list[str]:
    """What the runs of a project have on the engine."""
    owner = (project.cache / "docker-note" / "owner").read_text()
    label = {"label": f"{OWNER}={owner}"}
    containers = client.api.containers(all=True, filters=label)
    networks, volumes = client.api.networks(filters=label), client.api.volumes(filters=label)["Volumes"]
    return [str(one) for one in (*containers, *networks, *(volumes or []))]


def processes(session: int) -> list[str]:
    """Those of a terminal's session."""
    listed = subprocess.run(
        ["ps", "--no-headers", "-o", "pid,args", "-s", str(session)], capture_output=True, text=True
    )
    return listed.stdout.splitlines()


def test_a_page_is_proved_as_it_is_saved_and_ctrl_c_leaves_nothing_behind(
    project: Project, copy: Path, client: docker.DockerClient
) -> None:
    settings = (copy / "mkdocs.yml").read_text("utf-8")
    (copy / "mkdocs.yml").write_text(settings.replace("\nnav:\n", "\nnav:\n  - 인사: hello.md\n"), "utf-8")
    (copy / "docs" / "hello.md").write_text(PAGE, "utf-8")
    (copy / "snippets" / "hello").mkdir()
    snippet = "snippets/hello/run.console"
    (copy / snippet).write_text("$ echo one\none\n$ docker volume create box\nbox\n")
    with serving(copy, project.environment, f"--engine={fallback()}", "--lane=standin") as serve:
        serve.save(snippet, "$ echo one\ntwo\n$ docker volume create box\nbox\n")
        assert "the page says `two`" in serve.until("docs/hello.md: 1 differs, 1 blocked")
        assert "the page says `two`" in serve.browser_is_told("differs")
        assert 'class="proof proof--differs' in serve.page_with("proof--differs")

        serve.save(snippet, "$ echo one\none\n$ docker volume create box\nbox\n")
        serve.until("docs/hello.md: 2 passed")
        serve.browser_is_told("passed")
        assert "Content-Security-Policy" in serve.page_with("proof--passed")

        serve.save("docs/hello.md", PAGE.removesuffix("```\n"))
        serve.until("docs/hello.md:7: this fence is never closed")
        assert serve.browser_is_told("wrong").startswith("docs/hello.md:7: ")

        serve.save("docs/hello.md", PAGE.replace("# 인사", "# 안녕"))
        assert serve.browser_is_told("passed").startswith("docs/hello.md: 2 passed")
        assert "proof--passed" in serve.page_with("안녕")

        session = serve.process.pid
        os.killpg(session, signal.SIGINT)
        serve.process.communicate()
    assert made(client, project) == []
    assert processes(session) == []
    written = json.loads((copy / "build/evidence" / fallback() / "docs/hello.json").read_text("utf-8"))
    assert [block["outcome"] for block in written["blocks"]] == ["passed"]
