"""The site's own pages on a real engine: they pass, and nothing literal in their samples can be wrong unnoticed."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from harness import shapes
from harness.claims import pages, sessions
from harness.evidence.facts import Lane
from harness.lab import engines
from harness.lab.labs import Lab
from harness.lab.machine import Machine
from harness.runner import PageRun

ROOT = Path(__file__).parents[2]
ENGINES = [engine.name for engine in engines.read()]
OpenLab = Callable[[str], AbstractContextManager[Lab]]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the pages, so that a test leaves no evidence in the project."""
    for folder in ("docs", "snippets"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    return tmp_path


def damages(sample: str) -> Iterator[str]:
    """The sample with one word misspelt, or one line gone, doubled or put in; layers of a pull may be any number."""
    lines = sample.split("\n")
    for number, line in enumerate(lines):
        before, after = lines[:number], lines[number + 1 :]
        words = line.split(" ")
        for index, word in enumerate(words):
            if word and word != "..." and not any(letter.isdigit() for letter in word):
                yield "\n".join([*before, " ".join([*words[:index], f"{word}x", *words[index + 1 :]]), *after])
        yield "\n".join([*before, line, "another line", *after])
        if line != "..." and not line.endswith(": Pull complete"):
            yield "\n".join([*before, *after])
            yield "\n".join([*before, line, line, *after])


@pytest.mark.parametrize("name", ["images", "containers"])
def test_a_page_passes_and_every_damage_to_its_samples_is_seen(project: Path, open_lab: OpenLab, name: str) -> None:
    page = pages.read(project / "docs" / f"{name}.md", project, ENGINES)
    run = PageRun(page, project, engines.fallback(), ENGINES, Lane.STANDIN, Machine(open_lab))
    facts = [run.run(number) for number in range(len(page.blocks))]
    run.close()
    assert {str(fact.outcome) for fact in facts} == {"passed"}
    tried, unseen = 0, []
    bindings = shapes.Bindings()
    for fact in facts:
        shown = sessions.parse((project / fact.file).read_text()).steps
        for step, seen in zip(shown, fact.steps, strict=True):
            bindings.resolve(step.command)
            assert shapes.compare(step.sample, seen.actual, bindings.copy()) == []
            for damaged in damages(step.sample) if step.sample else ["a line"]:
                tried += 1
                if not shapes.compare(damaged, seen.actual, bindings.copy()):
                    unseen.append((fact.file, step.line, damaged))
            shapes.compare(step.sample, seen.actual, bindings)
    assert unseen == []
    assert tried > 50
