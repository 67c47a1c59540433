"""What a build of the site makes in another process, and its places in the pages."""

import subprocess
import sys
from pathlib import Path

from harness import project
from harness.evidence import files
from harness.evidence.facts import BlockFact, Lane, Outcome, PageFact, digest
from harness.evidence.recordings import asciicast
from harness.site import later

BESIDE = """
import os, signal
from harness.site.beside import beside
here = os.getpid()
"""
DECLARED = '[[engine]]\nname = "{}"\n'


def run(script: str) -> str:
    """What a process without threads prints that runs the script."""
    called = [sys.executable, "-c", BESIDE + script]
    return subprocess.run(
        called, cwd=project.ROOT / "tests", capture_output=True, text=True, check=True, timeout=60
    ).stdout


def test_another_process_makes_it() -> None:
    assert run("with beside(os.getpid) as made: print(made() == here)") == "False\n"


def test_what_it_made_comes_whole() -> None:
    assert run("with beside(lambda: ['x' * 1_000_000, 1]) as made: print(made() == ['x' * 1_000_000, 1])") == "True\n"


def test_where_the_other_process_fails_this_one_makes_it() -> None:
    script = """
def make():
    if os.getpid() != here:
        raise ValueError("not shown")
    return "made here"
with beside(make) as made: print(made())
"""
    assert run(script) == "made here\n"


def test_an_error_is_told_by_this_process() -> None:
    script = """
def make(): raise ValueError("no such page")
with beside(make) as made:
    try: made()
    except ValueError as error: print(error)
"""
    assert run(script) == "no such page\n"


def test_nothing_is_left_of_a_process_that_nobody_waits_for() -> None:
    script = """
with beside(signal.pause): pass
try: os.waitpid(-1, 0)
except ChildProcessError: print("none is left")
"""
    assert run(script) == "none is left\n"


def test_two_processes_read_the_evidence_that_one_does(tmp_path: Path) -> None:
    engines = ["26", "28", "29"]
    for name, text in (("docs/a.md", "# a\n"), ("tests/labs/engines.toml", "".join(map(DECLARED.format, engines)))):
        (tmp_path / name).parent.mkdir(parents=True)
        (tmp_path / name).write_text(text)
    for engine in engines:
        fact = PageFact("docs/a.md", engine, engine, Lane.HUB, "2026-11-24T08:00:00+00:00")
        fact.blocks.append(BlockFact(1, "session", "", "", digest(engine), [], Outcome.PASSED))
        files.write_page(tmp_path / "build" / "evidence", fact, {0: asciicast(engine, [(0.0, "$ ")])})
    script = f"""
from pathlib import Path
from harness.site import inputs
root = Path({str(tmp_path)!r})
with inputs.at_rest(root): by_two = inputs.read(root)
print(by_two == inputs.read(root), [run.engine for run in by_two.evidence], len(by_two.casts))
"""
    assert run(script) == f"True {engines} 3\n"


def test_html_is_made_at_once_where_no_place_is_kept() -> None:
    assert later.html("commands", lambda: "<table>") == "<table>"


def test_a_place_is_filled_with_what_was_made_meanwhile() -> None:
    with later.places() as filled:
        page = f"<p>{later.html('commands', lambda: 'made late')}</p>"
        assert filled(page, {"commands": "made meanwhile"}) == "<p>made meanwhile</p>"


def test_what_was_not_made_meanwhile_is_made_late() -> None:
    with later.places() as filled:
        page = f"<p>{later.html('commands', lambda: 'made late')}</p>"
        assert filled(page, {"status": "made meanwhile"}) == "<p>made late</p>"


def test_a_comment_of_the_page_itself_is_no_place() -> None:
    with later.places() as filled:
        assert filled("<!--later:commands-->", {"commands": "made meanwhile"}) == "<!--later:commands-->"
