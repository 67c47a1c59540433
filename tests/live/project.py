"""Starts whole runs of the plugin for the live tests, and reads what they leave."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import docker

from harness.evidence.facts import ELSEWHERE
from harness.lab.engines import fallback
from harness.lab.outer.runs import OWNER

TESTS = Path(__file__).parents[1]


class Project:
    """An empty project, in which pages of no site run on the labs of this one.

    It has a cache folder of its own, by which what its runs make on the engine is told from that of other runs there.
    """

    def __init__(self, root: Path, environment: dict[str, str]) -> None:
        (root / "pytest.ini").write_text("[pytest]\n")
        self.root = root
        self.cache = root / "cache"
        own = {"PYTHONPATH": str(TESTS), "XDG_CACHE_HOME": str(self.cache)}
        self.environment = {**os.environ, **environment, **own}

    def command(self, pages: dict[str, str], *options: str) -> list[str]:
        for name, text in pages.items():
            (self.root / name).write_text(text)
        rootdir = f"--rootdir={self.root}"
        engine = f"--engine={fallback()}"  # not one that hangs on the internet
        return [sys.executable, "-m", "pytest", "-p", "harness.plugin", "-v", rootdir, engine, *options, *pages]

    def run(self, pages: dict[str, str], *options: str) -> subprocess.CompletedProcess[str]:
        command = self.command(pages, *options)
        return subprocess.run(command, cwd=self.root, env=self.environment, capture_output=True, text=True)

    @contextmanager
    def start(self, pages: dict[str, str]) -> Iterator[subprocess.Popen[str]]:
        """The same, beside what the test does meanwhile; killed at the end where it still goes on."""
        command = self.command(pages)
        with subprocess.Popen(
            command, cwd=self.root, env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        ) as run:
            try:
                yield run
            finally:
                run.kill()

    def living(self, client: docker.DockerClient) -> list[str]:
        """The names of the containers of its runs on the engine."""
        owner = self.cache / "docker-note" / "owner"
        if not owner.exists():
            return []
        listed = client.api.containers(all=True, filters={"label": f"{OWNER}={owner.read_text()}"})
        return [container["Names"][0] for container in listed]

    def summary(self) -> dict[str, object]:
        written: dict[str, object] = json.loads((self.root / "build/evidence/summary.json").read_text())
        return written

    def blocks(self, name: str) -> list[dict[str, Any]]:
        """What the run wrote of the blocks of one of its pages."""
        written = (self.root / "build/evidence" / fallback() / Path(name).with_suffix(".json")).read_text("utf-8")
        blocks: list[dict[str, Any]] = json.loads(written)["blocks"]
        return blocks

    def evidence(self, page: Path) -> dict[str, Any]:
        """What the run wrote of a page from elsewhere."""
        path = self.root / "build/evidence" / fallback() / ELSEWHERE / page.with_suffix(".json").relative_to("/")
        written: dict[str, Any] = json.loads(path.read_text("utf-8"))
        return written
