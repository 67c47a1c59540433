"""Runs notes as they are; `nox -s notes`.

python -m harness.notes FILE.md...                   says block by block what became of them; changes nothing in them
python -m harness.notes --write FOLDER FILE.md...    writes them as pages and snippets too
"""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from harness import output
from harness.causes import cause
from harness.evidence.summary import ExitStatus
from harness.lab import engines
from harness.lab.lanes import Lane
from harness.lab.outer.client import WrongAddress
from harness.lab.supply import Request, Supply
from harness.notes.report import report
from harness.notes.run import Runner
from harness.notes.texts import Texts, asks_for_korean
from harness.notes.verdicts import exit_status
from harness.notes.writing import write


def main(arguments: Sequence[str]) -> int:
    """The exit status is a run's of pages: 1 where something differs, 6 where something could not be run."""
    known = [declared.name for declared in engines.read()]
    parser = argparse.ArgumentParser("nox -s notes --", description="Runs notes as they are, in a lab.")
    parser.add_argument("notes", nargs="+", type=Path, metavar="FILE.md", help="Markdown, as you keep it")
    parser.add_argument("--write", type=Path, metavar="FOLDER", help="writes a page and snippets of each there")
    parser.add_argument("--engine", default="", choices=known, help="default: the newest to be had")
    parser.add_argument("--lane", type=Lane, choices=[Lane.HUB, Lane.STANDIN], help="where images come from")
    asked = parser.parse_args(arguments)
    if missing := [str(path) for path in asked.notes if not path.is_file()]:
        parser.error(f"no such file: {', '.join(missing)}")
    output.forgive()
    supply = Supply(Request(asked.engine, lane=asked.lane), _say)
    try:
        return _run(supply, asked.notes, asked.write, known)
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        _say(cause(error))
        return ExitStatus.WRONG_ADDRESS if isinstance(error, WrongAddress) else ExitStatus.BROKEN
    finally:
        supply.close_machines()
        supply.close()


def _run(supply: Supply, notes: Sequence[Path], folder: Path | None, known: Sequence[str]) -> int:
    supply.start()
    runner = Runner(supply, supply.engines[-1], known)
    texts = Texts(korean=asks_for_korean(os.environ))
    statuses = []
    for path in notes:
        ran = runner.run(path)
        _say(report(ran, texts, colour=sys.stdout.isatty()))
        statuses.append(exit_status(ran.judged))
        if folder:
            _say(write(ran, folder, runner, texts))
    return ExitStatus.DIFFERS if ExitStatus.DIFFERS in statuses else max(statuses)


def _say(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
