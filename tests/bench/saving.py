"""Measures `nox -s serve`: how long after a save the first verdict stands, and the whole one. Run by hand.

    PYTHONPATH=tests python tests/bench/saving.py [docs/PAGE.md]

Without a page: the median one by the last run's seconds, in build/evidence. A copy of the project is served. In the
middle one of its blocks that can be edited so a sample is changed and repaired, twice; then its command gets a remark,
which makes it another one, twice: the second time a lab waits before that block. Seconds from the save.
"""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from queue import SimpleQueue
from typing import Any

from harness.claims import pages
from harness.evidence import files
from harness.evidence.facts import PageFact
from harness.lab import engines
from harness.project import ROOT

Told = tuple[float, dict[str, Any]]
_COPIED = ("docs", "snippets", "tests/harness", "tests/labs", "build/evidence")


def seconds(fact: PageFact) -> float:
    return sum(block.seconds for block in fact.blocks)


def chosen(name: str) -> PageFact:
    """The page of that name; without one, that which half of the pages take longer than."""
    facts = [fact for fact in files.load(ROOT / "build" / "evidence", print) if seconds(fact)]
    named = sorted((fact for fact in facts if name in ("", fact.page)), key=seconds)
    if not named:
        sys.exit("build/evidence has no run of that: `nox -s verify` makes one")
    return named[len(named) // 2]


@contextmanager
def copied() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        for name in _COPIED:
            shutil.copytree(ROOT / name, Path(folder, name), ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copy(ROOT / "mkdocs.yml", folder)
        yield Path(folder)


class Serve:
    """A `serve` in a copy of the project, and what a browser is told of one page."""

    def __init__(self, root: Path, page: str) -> None:
        command = [sys.executable, "-m", "harness.serve", "--dev-addr=127.0.0.1:0"]
        environment = {**os.environ, "PYTHONPATH": str(root / "tests"), "NO_MKDOCS_2_WARNING": "1"}
        self.process = subprocess.Popen(command, cwd=root, env=environment, stdout=subprocess.PIPE, text=True)
        self._page, self._told = page, SimpleQueue[Told]()
        assert self.process.stdout
        address = next(found[1] for line in self.process.stdout if (found := re.search(r"http://([\d.:]+)/", line)))
        threading.Thread(target=self.process.stdout.read, daemon=True).start()
        threading.Thread(target=self._listen, args=(address,), daemon=True).start()

    def _listen(self, address: str) -> None:
        connection = HTTPConnection(address)
        connection.request("GET", f"/serve/events?page={self._page}")
        for line in connection.getresponse():
            if line.startswith(b"data: "):
                self._told.put((time.monotonic(), json.loads(line.decode().removeprefix("data: "))))

    def save(self, path: Path, text: str) -> tuple[float, float, float, str]:
        """Seconds to the first verdict, to the whole one, and to the page that shows it; and the outcome."""
        saved = time.monotonic()
        path.write_text(text, "utf-8")
        began = first = whole = 0.0
        outcome = ""
        while True:
            at, said = self._told.get()
            if whole and self._page in said.get("changed", ()):
                return first - saved, whole - saved, at - saved, outcome
            if said.get("page") != self._page:
                continue
            if said["text"] == "running":
                began, first, whole = at, 0.0, 0.0
            if not began or said["text"] == "running":
                continue  # what was said before is of an earlier save, which was run once more
            first = first or at
            if said["outcome"] != "running":
                whole, outcome = at, said["outcome"]

    def end(self) -> None:
        self.process.send_signal(signal.SIGINT)
        self.process.wait()


def edits(text: str) -> Iterator[tuple[str, str]]:
    """What is edited in a snippet: the kind, and the text then."""
    lines = text.split("\n")
    for number, line in enumerate(lines):
        plain = re.fullmatch(r"\$ [^\\'\"<|&]+", line) and not lines[number + 1].startswith((">", "["))
        if plain and re.match(r"[A-Za-z]{3}", lines[number + 1]):
            yield "sample", "\n".join([*lines[: number + 1], f"{lines[number + 1]} really", *lines[number + 2 :]])
            for remark in ("first", "second"):
                yield f"command, {remark}", "\n".join([*lines[:number], f"{line} # {remark}", *lines[number + 1 :]])
            return


def main() -> None:
    fact = chosen(sys.argv[1] if sys.argv[1:] else "")
    page_name = fact.page
    with copied() as root:
        page = pages.read(root / page_name, root, [engine.name for engine in engines.read()])
        rest = 8 + 1.2 * seconds(fact)  # until the labs of the next save are ready
        snippets = list(dict.fromkeys(block.snippet for block in page.blocks if block.is_session))
        texts = {name: (root / "snippets" / name).read_text("utf-8") for name in snippets}
        edited = [name for name, text in texts.items() if list(edits(text))]
        name = edited[len(edited) // 2]
        number = next(number for number, block in enumerate(page.blocks, 1) if block.snippet == name)
        print(
            f"{page_name}: {seconds(fact):.1f} s when it was run last; edited is block {number} of {len(page.blocks)}"
        )
        serve = Serve(root, f"{Path(page_name).stem}.html")
        try:
            time.sleep(rest)  # the page that is open is typed in a lab
            print(f"{'saved':24} {'first':>6} {'whole':>6} {'shown':>6}")
            sample, *commands = edits(texts[name])
            repaired = ("repaired", texts[name])
            for kind, text in (sample, repaired, sample, repaired, *commands):
                first, whole, shown, outcome = serve.save(root / "snippets" / name, text)
                print(f"{kind:24} {first:6.2f} {whole:6.2f} {shown:6.2f} {outcome}", flush=True)
                time.sleep(rest)
        finally:
            serve.end()


if __name__ == "__main__":
    main()
