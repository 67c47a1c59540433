"""A reader's own version: the page runs on the engine nearest to it, and the reader has what to paste."""

import json

from live.project import Project

PAGE = "``` console\n$ echo one\ntwo\n$ docker version --format '{{.Server.Version}}' | cut -d. -f1\n28\n```\n"


def has_docker(project: Project, version: str) -> None:
    """A `docker` that says so, before the real one."""
    said = project.root / "version.json"
    said.write_text(json.dumps({"Client": {"Version": version}, "Server": {"Version": version}}))
    program = project.root / "bin" / "docker"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\n[ "$1" = version ] && cat {said} || echo "{{}}"\n')
    program.chmod(0o755)
    project.environment["PATH"] = f"{program.parent}:{project.environment['PATH']}"


def test_a_page_that_prints_something_else_in_a_readers_version_becomes_a_report(project: Project) -> None:
    has_docker(project, "27.3.1")
    ran = project.run({"page.md": PAGE}, "--engine=mine", "--numprocesses=2")
    assert ran.returncode == 1, ran.stdout
    assert "engine 28: `docker version` names 27.3.1 here: there is no lab of that release here" in ran.stdout
    written = (project.root / "build" / "evidence" / "report.md").read_text("utf-8")
    assert written.startswith("페이지: page.md\n")
    assert "제 `docker version`: 클라이언트 27.3.1, 엔진 27.3.1 (graph drivers)." in written
    assert "- [-two-]\n+ {+one+}\n" in written
    assert written in ran.stdout
    assert project.summary()["passed"] == 1  # it goes on after the difference


def test_a_page_that_holds_in_a_readers_version_says_so(project: Project) -> None:
    has_docker(project, "28.1.1")
    ran = project.run({"page.md": PAGE.replace("two", "one")}, "--engine=mine")
    assert ran.returncode == 0, ran.stdout
    assert "같은 버전대인 도커 28." in ran.stdout
    assert "실행한 예제는 모두 페이지에 적힌 대로 나왔습니다." in ran.stdout
