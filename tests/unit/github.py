"""Stands in for GitHub: runs the steps of a workflow's jobs as they are written, and answers `gh` from a folder.

Actions are what they leave: artifacts are folders. A checkout is the project, which is there.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

_GH = '''#!PYTHON -IS
"""Answers as `gh` does, from the folder HUB; what it was asked to change is a line of asked.jsonl."""
import json, pathlib, shutil, sys

hub = pathlib.Path("HUB")
known = json.loads((hub / "issues.json").read_text())
command, arguments = sys.argv[1:3], sys.argv[3:]
options = dict(zip(arguments, arguments[1:]))


def changed(row, *words):
    with (hub / "asked.jsonl").open("a") as asked:
        asked.write(json.dumps([command[1], row["number"], row["title"], *words]) + "\\n")
    (hub / "issues.json").write_text(json.dumps(known))


if command == ["label", "create"]:
    pass
elif command == ["run", "list"]:
    print(*sorted((int(path.name) for path in (hub / "runs").iterdir()), reverse=True), sep="\\n")
elif command == ["run", "download"]:
    found = hub / "runs" / arguments[0] / options["--name"]
    if not found.exists():
        sys.exit("no valid artifacts found to download")
    shutil.copytree(found, options["--dir"])
elif command == ["issue", "list"]:
    fields = options["--json"].split(",")
    print(json.dumps([{field: row[field] for field in fields} for row in reversed(known)]))
elif command == ["issue", "create"]:
    body = pathlib.Path(options["--body-file"]).read_text()
    row = {"number": len(known) + 1, "title": options["--title"], "body": body}
    known.append({**row, "state": "OPEN", "stateReason": ""})
    changed(known[-1])
elif command == ["issue", "edit"]:
    row = known[int(arguments[0]) - 1]
    row["title"] = options["--title"]
    row["body"] = pathlib.Path(options["--body-file"]).read_text()
    changed(row)
elif command == ["issue", "close"]:
    row = known[int(arguments[0]) - 1]
    row.update(state="CLOSED", stateReason="COMPLETED")
    changed(row)
else:
    sys.exit(f"gh: nobody has said what it answers to {command}")
'''


class GitHub:
    """The runs of one workflow, with their artifacts, and the issues of its repository."""

    def __init__(self, folder: Path, workflow: Mapping[str, Any]) -> None:
        self.folder, self.workflow, self.number = folder, workflow, 0
        (folder / "runs").mkdir(parents=True)
        self._write_issues([])
        self.program("gh", _GH.replace("PYTHON", sys.executable).replace("HUB", str(folder)))

    def program(self, name: str, text: str) -> None:
        path = self.folder / "bin" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
        path.chmod(0o755)

    def begin_run(self) -> None:
        self.number += 1
        self.artifacts.mkdir()

    @property
    def artifacts(self) -> Path:
        """The folder of this run's."""
        return self.folder / "runs" / str(self.number)

    def run(
        self, job: str, root: Path, known: Mapping[str, str], environment: Mapping[str, str]
    ) -> dict[str, str] | None:
        """The outputs of a job's steps, run in the folder `root`; None where one failed. `known` are expressions."""
        found: dict[str, str] = {}
        outputs = root / "github-output"
        described = self.workflow["jobs"][job]
        for step in described["steps"]:
            values = {**known, **{f"env.{name}": str(value) for name, value in described.get("env", {}).items()}}
            if "run" in step:
                outputs.write_text("")
                given = {**described.get("env", {}), **step.get("env", {})}
                filled = {name: _filled(str(value), values) for name, value in given.items()}
                options = ["--noprofile", "--norc", "-eo", "pipefail"] if step.get("shell") == "bash" else ["-e"]
                ran = subprocess.run(
                    ["bash", *options, "-c", _filled(step["run"], values)],
                    cwd=root,
                    env={
                        **os.environ, **environment, **filled,
                        "PATH": f"{self.folder / 'bin'}:{os.environ['PATH']}",
                        "GITHUB_OUTPUT": str(outputs), "GITHUB_STEP_SUMMARY": str(root / "github-summary"),
                    },
                    capture_output=True, text=True, check=False,
                )  # fmt: skip
                if ran.returncode:
                    return None
                found |= dict(line.split("=", 1) for line in outputs.read_text().splitlines())
            elif not self._act(step, root, values) and not step.get("continue-on-error"):
                return None
        return found

    def _act(self, step: Mapping[str, Any], root: Path, values: Mapping[str, str]) -> bool:
        """Whether an action did its work."""
        action = step["uses"].partition("@")[0]
        given = {name: _filled(str(value), values) for name, value in step.get("with", {}).items()}
        if action == "actions/upload-artifact":
            source, there = root / given["path"], self.artifacts / given["name"]
            if source.is_file():
                there.mkdir()
                shutil.copy(source, there)
            elif source.exists():
                shutil.copytree(source, there)
            return source.exists()
        if action == "actions/download-artifact":
            place = root / given.get("path", ".")
            found = [*self.artifacts.glob(given.get("pattern") or given["name"])]
            for artifact in found:
                there = place / artifact.name if "pattern" in given else place
                shutil.copytree(artifact, there, dirs_exist_ok=True)
            return bool(found) or "pattern" in given
        pages = ("actions/configure-pages", "actions/upload-pages-artifact")
        assert action in ("actions/checkout", "actions/setup-python", *pages)
        return True

    # -- its issues

    @property
    def issues(self) -> list[dict[str, Any]]:
        issues: list[dict[str, Any]] = json.loads((self.folder / "issues.json").read_text())
        return issues

    def _write_issues(self, issues: list[dict[str, Any]]) -> None:
        (self.folder / "issues.json").write_text(json.dumps(issues))

    def close_as_not_planned(self, number: int) -> None:
        """As a person does."""
        issues = self.issues
        issues[number - 1].update(state="CLOSED", stateReason="NOT_PLANNED")
        self._write_issues(issues)

    def asked(self) -> list[tuple[str, int, str]]:
        """What `gh` was asked to change since the last time: the word, the issue's number, its title."""
        path = self.folder / "asked.jsonl"
        rows = [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []
        path.unlink(missing_ok=True)
        return [(word, number, title) for word, number, title in rows]


def _filled(text: str, values: Mapping[str, str]) -> str:
    """The text with the value of each `${{ expression }}`."""
    return re.sub(r"\$\{\{ *(.*?) *\}\}", lambda match: values[match[1]], text)
