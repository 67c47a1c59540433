"""A night shared out among machines: two shards, put together, say what one run says."""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

from harness.project import write
from live.project import Project

PAGES = {
    "one": "$ echo one; sleep 2\none\n$ docker ps -q\n",
    "two": "$ echo two\ntwo\n",
    "drifts": "$ echo other\nwhat it was\n$ true\n",
    "breaks": "$ exit\n",
}


def night(project: Project, *options: str) -> Path:
    """The evidence of a night of that project."""
    command = [sys.executable, "-m", "harness.night", "-p", "harness.plugin", f"--rootdir={project.root}", *options]
    command += ["--engine=28", "--junit-xml=build/evidence/junit.xml", "--numprocesses=2", "--dist=loadscope"]
    subprocess.run(command, cwd=project.root, env=project.environment, capture_output=True, check=False)
    return project.root / "build/evidence"


def seen(folder: Path) -> dict[str, list[str]]:
    """What each page came to, by step."""
    pages = {path: json.loads(path.read_text()) for path in sorted(folder.glob("28/docs/*.json"))}
    return {
        fact["page"]: [step["outcome"] for block in fact["blocks"] for step in block["steps"]]
        for fact in pages.values()
    }


def cases(folder: Path) -> list[tuple[str, str, list[str]]]:
    found = ElementTree.parse(folder / "junit.xml").iter("testcase")
    return sorted((case.get("classname", ""), case.get("name", ""), [child.tag for child in case]) for case in found)


def told(folder: Path) -> list[list[tuple[str, str]]]:
    """What the night says drifted, and what it could not judge."""
    written = json.loads((folder / "night.json").read_text())
    return [[(row["page"], row["command"]) for row in written[part]] for part in ("drifts", "unjudged")]


def test_two_shards_by_page_give_what_one_run_gives(project: Project) -> None:
    for name, session in PAGES.items():
        page = "\n".join(f'``` console\n--8<-- "{name}/{block}.console"\n```\n' for block in "ab")
        write(project.root / f"docs/{name}.md", page)
        write(project.root / f"snippets/{name}/a.console", "$ true\n")
        write(project.root / f"snippets/{name}/b.console", session)
    whole = shutil.copytree(night(project), project.root / "whole")
    assert seen(whole) == {
        "docs/breaks.md": ["passed", "broken"],
        "docs/drifts.md": ["passed", "differs", "blocked"],
        "docs/one.md": ["passed", "passed", "passed"],
        "docs/two.md": ["passed", "passed"],
    }
    shards = []
    for group in ("1", "2"):
        shutil.rmtree(project.root / "build/evidence")
        shutil.copytree(whole, project.root / "build/last-night", dirs_exist_ok=True)
        shards.append(shutil.copytree(night(project, "--splits=2", f"--group={group}"), project.root / group))
    assert sorted(page for shard in shards for page in seen(shard)) == sorted(seen(whole))
    assert all(seen(shard) for shard in shards)
    shutil.rmtree(project.root / "build/evidence")
    merged = night(project, "--merge", *map(str, shards))
    assert seen(merged) == seen(whole)
    assert (merged / "summary.json").read_text() == (whole / "summary.json").read_text()
    assert cases(merged) == cases(whole)
    assert told(merged) == told(whole)
    assert told(merged)[0] == [("docs/drifts.md", "echo other")]
