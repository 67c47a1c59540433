"""Plays 400 nights of 300 examples on 6 engines and says how large the history becomes and how long it takes to read.

PYTHONPATH=tests .nox/docker-note/bin/python tests/bench/history.py

Times vary as on shared runners (a standard deviation of a fifth); an engine has a release every third week, a page is
edited every night, a runner is lost every week. In the quiet nights one example in a thousand begins to drift, for
three nights; in the wild ones one in thirty comes out otherwise than the night before.
"""

import gzip
import random
import sys
import time
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from harness import shapes
from harness.evidence.facts import BlockFact, DifferenceFact, Lane, Outcome, PageFact, StepFact, digest
from harness.night.history import NIGHTS, History, with_night
from harness.night.history_file import from_lines, to_lines

ENGINES = ("20.10", "26", "28", "28c", "29", "30")
PAGES, EXAMPLES = 50, 6  # and of each page so many
WORDS = ("warning", "created", "removed", "pulled", "started")


class Weather(NamedTuple):
    """How often examples begin to drift, and for how many nights."""

    name: str
    share: float
    lasts: int


def page(number: int, engine: str, date: str, edits: int, release: int, drifting: dict[str, int]) -> PageFact:
    """A page in one night; `drifting` says of its snippets how many nights they still drift."""
    blocks = []
    for at in range(EXAMPLES):
        snippet = f"page{number}/example{at}.console"
        drifts = drifting.get(f"{engine} {snippet}", 0) > 0
        found = shapes.compare("a", f"a\n{WORDS[(number + at) % len(WORDS)]}", shapes.Bindings()) if drifts else []
        outcome = Outcome.DIFFERS if drifts else Outcome.PASSED
        differences = [DifferenceFact(2, one) for one in found]
        step = StepFact(1, "docker ps", outcome, differences=differences)
        seconds = (0.3 + (number * EXAMPLES + at) % 13) * random.lognormvariate(0, 0.2)
        block = BlockFact(9, "session", snippet, snippet, digest(str(edits)), [step], outcome, seconds=seconds)
        blocks.append(block)
    return PageFact(f"docs/page{number}.md", engine, f"{engine}.{release}", Lane.HUB, date, blocks=blocks)


def play(weather: Weather) -> History:
    random.seed(1)
    history, first = History(), datetime(2026, 1, 1, 17, tzinfo=UTC)
    edits, drifting = [0] * PAGES, dict[str, int]()
    for night in range(NIGHTS):
        date = (first + timedelta(days=night)).isoformat(timespec="seconds")
        edits[night % PAGES] += 1
        lost = ENGINES[night // 7 % len(ENGINES)] if night % 7 == 0 else ""
        drifting = {name: left - 1 for name, left in drifting.items() if left > 1}
        for engine in ENGINES:
            for number in range(PAGES):
                for at in range(EXAMPLES):
                    if random.random() < weather.share:  # noqa: S311
                        drifting[f"{engine} page{number}/example{at}.console"] = weather.lasts
        evidence = [
            page(number, engine, date, edits[number], (night + 3 * place) // 21, drifting)
            for place, engine in enumerate(ENGINES)
            for number in range(PAGES)
            if engine != lost
        ]
        history = with_night(history, date, evidence)
    return history


def main() -> None:
    for weather in (Weather("quiet", 0.001, 3), Weather("wild", 1 / 30, 1)):
        history = play(weather)
        text = to_lines(history)
        began = time.perf_counter()
        same = from_lines(text, "history", sys.exit) == history
        seconds = time.perf_counter() - began
        stretches = sum(len(example.stretches) for example in history.examples.values())
        packed = len(gzip.compress(text.encode()))
        print(
            f"{weather.name}: {len(history.nights)} nights, {len(history.examples)} examples on engines, "
            f"{stretches} stretches: {len(text) / 1e6:.1f} MB, compressed {packed / 1e6:.2f} MB; "
            f"read in {seconds:.1f} s{'' if same else ', and NOT the same'}"
        )


if __name__ == "__main__":
    main()
