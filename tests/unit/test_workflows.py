"""The workflows cannot run here; what can be held to without running them is."""

import json
import os
import re
import shutil
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from harness.lab import engines

ROOT = Path(__file__).parents[2]
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
# The only jobs that may write anything, and what.
WRITES = {
    "nightly.issues": {"issues": "write"},
    "nightly.deploy": {"pages": "write", "id-token": "write"},
}


def read(path: Path) -> dict[str, Any]:
    workflow: dict[str, Any] = yaml.safe_load(path.read_text("utf-8"))
    return workflow


def granted(workflow: dict[str, Any], job: dict[str, Any]) -> dict[str, str]:
    """What a job's token may do: its own permissions take the place of the workflow's."""
    permissions: dict[str, str] = job.get("permissions", workflow["permissions"])
    return permissions


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_every_action_is_pinned_to_a_commit_and_says_its_version(path: Path) -> None:
    used = re.findall(r"uses: *(.*)", path.read_text("utf-8"))
    assert used
    assert [line for line in used if not re.fullmatch(r"actions/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", line)] == []


def test_an_action_has_one_pin() -> None:
    text = "".join(path.read_text("utf-8") for path in WORKFLOWS)
    pins = dict(re.findall(r"uses: (\S+)@(.*)", text))
    assert sorted(set(re.findall(r"uses: (\S+)@(.*)", text))) == sorted(pins.items())


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_a_job_that_may_write_runs_nothing_of_the_project(path: Path) -> None:
    workflow = read(path)
    for name, job in workflow["jobs"].items():
        writes = {scope: value for scope, value in granted(workflow, job).items() if value != "read"}
        assert writes == WRITES.get(f"{path.stem}.{name}", {})
        steps = job["steps"]
        checkouts = [step for step in steps if step.get("uses", "").startswith("actions/checkout@")]
        assert not (writes and checkouts)
        assert all(step["with"]["persist-credentials"] is False for step in checkouts)
        # A token is in the environment of no step that runs the project's code.
        assert not [step for step in steps if "noxfile.py" in step.get("run", "") and "TOKEN" in str(step.get("env"))]


def test_a_job_that_may_write_reads_one_file_and_checks_it_first() -> None:
    jobs = read(ROOT / ".github" / "workflows" / "nightly.yml")["jobs"]
    download, check, *_ = jobs["issues"]["steps"]
    [upload] = [step for step in jobs["night"]["steps"] if step.get("with", {}).get("name") == download["with"]["name"]]
    assert upload["with"]["path"] == "build/evidence/night.json"
    assert check["run"].startswith("jq --exit-status '")
    assert [step for step in jobs["deploy"]["steps"] if "run" in step or "download" in step["uses"]] == []


KEY = "0123abcd"
ISSUE = {"key": KEY, "title": f"[{KEY}] docs/a.md: docker ps", "body": "`docker ps`"}


@pytest.mark.skipif(not shutil.which("jq"), reason="needs jq, which GitHub's runners have")
@pytest.mark.parametrize(
    ("changed", "passes"),
    [
        ({}, True),
        ({"issues": [], "closed": []}, True),
        ({"schema": 1}, False),
        ({"closed": [f"{KEY}\n"]}, False),
        ({"closed": ["*"]}, False),
        ({"closed": KEY}, False),
        ({"issues": {}}, False),
        ({"issues": ["none"]}, False),
        ({"issues": [ISSUE, ISSUE | {"key": "$(id)"}]}, False),
        ({"issues": [ISSUE | {"title": "--body-file=/etc/passwd"}]}, False),
        ({"issues": [ISSUE | {"title": f"[{KEY}] a\x1b[2J"}]}, False),
        ({"issues": [ISSUE | {"title": f"[{KEY}] {'a' * 100}"}]}, False),
        ({"issues": [ISSUE | {"body": None}]}, False),
        ({"issues": [ISSUE | {"body": "a" * 65_001}]}, False),
    ],
)
def test_a_night_that_says_something_else_opens_no_issue(
    tmp_path: Path, changed: dict[str, object], passes: bool
) -> None:
    [_, check, *_] = read(ROOT / ".github" / "workflows" / "nightly.yml")["jobs"]["issues"]["steps"]
    night = {"schema": 2, "closed": [KEY], "issues": [ISSUE], **changed}
    (tmp_path / "night.json").write_text(json.dumps(night))
    ran = subprocess.run(["bash", "-e", "-c", check["run"]], cwd=tmp_path, capture_output=True, check=False)
    assert ((ran.returncode == 0), ran.stdout) == (passes, b"")


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_nothing_that_others_can_write_is_pasted_into_a_script(path: Path) -> None:
    scripts = [step["run"] for job in read(path)["jobs"].values() for step in job["steps"] if "run" in step]
    assert {found for script in scripts for found in re.findall(r"\$\{\{(.*?)\}\}", script)} <= {" matrix.engine "}


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_what_pages_print_gives_the_runner_no_orders(path: Path) -> None:
    """A line of a log that begins with `::` is an order to GitHub's runner, unless it has been told to take none."""
    scripts = [step["run"] for job in read(path)["jobs"].values() for step in job["steps"] if "run" in step]
    tells = [script for script in scripts if re.search(r"noxfile\.py -s (tests|nightly)", script)]
    assert tells
    for script in tells:
        assert re.match(r'secret=\$\(.*\)\necho "::stop-commands::\$secret"', script)
        assert re.search(r'noxfile.*\necho "::\$secret::"\nexit \$\{status:-0\}\n\Z', script)


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_every_task_that_is_named_is_one(path: Path) -> None:
    named = re.findall(r"noxfile\.py -s ([\w-]+)", path.read_text("utf-8"))
    tasks = re.findall(r"@nox\.session(?:\(.*\))?\ndef (\w+)", (ROOT / "noxfile.py").read_text("utf-8"))
    assert named
    assert set(named) <= set(tasks)


ALL = [engine.name for engine in engines.read()]
SUPPORTED = [engine.name for engine in engines.read() if not engine.support.ended]


@pytest.mark.parametrize(
    ("event", "day", "expected"),
    [("schedule", "2026-11-27", SUPPORTED), ("schedule", "2026-11-28", ALL), ("workflow_dispatch", "2026-11-27", ALL)],
)
def test_the_night_runs_every_engine_that_is_declared_and_those_that_have_ended_weekly(
    tmp_path: Path, event: str, day: str, expected: list[str]
) -> None:
    jobs = read(ROOT / ".github" / "workflows" / "nightly.yml")["jobs"]
    [step] = [step for step in jobs["engines"]["steps"] if step.get("id") == "names"]
    (tmp_path / "date").write_text(f'#!/bin/sh\n[ "$*" = "--utc +%F" ] && echo {day}\n')
    (tmp_path / "date").chmod(0o755)
    path = f"{tmp_path}:{os.environ['PATH']}"
    given = {**step["env"], "EVENT": event, "PATH": path, "GITHUB_OUTPUT": str(tmp_path / "output")}
    subprocess.run(["bash", "-e", "-c", step["run"]], cwd=ROOT, env={**os.environ, **given}, check=True)
    name, _, names = (tmp_path / "output").read_text().partition("=")
    assert (name, json.loads(names)) == ("names", expected)
    assert jobs["engines"]["outputs"] == {"names": "${{ steps.names.outputs.names }}"}
    assert jobs["shard"]["strategy"]["matrix"]["engine"] == "${{ fromJSON(needs.engines.outputs.names) }}"


def test_a_change_is_verified_on_the_oldest_python_that_the_project_claims() -> None:
    claimed = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["requires-python"]
    [job] = read(ROOT / ".github" / "workflows" / "verify.yml")["jobs"].values()
    assert claimed == f">={job['strategy']['matrix']['python'][0]}"


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_no_two_runs_of_a_job_upload_under_one_name(path: Path) -> None:
    """GitHub refuses the second: each name holds every key of its job's matrix."""
    for job in read(path)["jobs"].values():
        keys = {f"${{{{ matrix.{key} }}}}" for key in job.get("strategy", {}).get("matrix", {})}
        names = [step["with"]["name"] for step in job["steps"] if "actions/upload-artifact@" in step.get("uses", "")]
        assert [name for name in names if not all(key in name for key in keys)] == []


def test_nothing_runs_a_strangers_code_with_this_repositorys_rights() -> None:
    assert [path.name for path in WORKFLOWS if "pull_request_target" in read(path)[True]] == []  # type: ignore[index]
