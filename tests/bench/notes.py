"""Measures the running of notes: how many of their command blocks run as written, and are judged as a person judges.

PYTHONPATH=tests python tests/bench/notes.py [NOTE...]      after a run of a lab's worth: half a minute a note

tests/bench/notes/ has notes in the forms of public Korean ones; expected.toml what a person says of each fence.
"""

import sys
import tomllib
from collections import Counter
from pathlib import Path

from harness.lab import engines
from harness.lab.engines import fallback
from harness.lab.lanes import Lane
from harness.lab.supply import Request, Supply
from harness.notes.report import report
from harness.notes.run import NoteRun, Runner
from harness.notes.texts import Texts
from harness.notes.verdicts import Verdict

NOTES = Path(__file__).parent / "notes"


def main(named: list[str]) -> int:
    expected = tomllib.loads((NOTES / "expected.toml").read_text("utf-8"))
    paths = [NOTES / f"{name}.md" for name in named or sorted(expected)]
    supply = Supply(Request(fallback(), lane=Lane.STANDIN), print)
    counts: Counter[str] = Counter()
    try:
        supply.start()
        runner = Runner(supply, fallback(), [declared.name for declared in engines.read()])
        for path in paths:
            ran = runner.run(path)
            wrong = tally(ran, expected[path.stem], counts)
            print(f"{path.stem}: {'as expected' if not wrong else '; '.join(wrong)}", flush=True)
            if named:
                print(report(ran, Texts(korean=False)))
    finally:
        supply.close_machines()
        supply.close()
    print(f"command blocks {counts['commands']}, of which ran {share(counts['ran'], counts['commands'])}")
    print(f"fences {counts['fences']}, of which judged as expected {share(counts['right'], counts['fences'])}")
    print(f"said to fit, wrongly: {counts['wrong fits']}")
    return int(counts["right"] < counts["fences"])


def tally(ran: NoteRun, expected: dict[str, str], counts: Counter[str]) -> list[str]:
    """Counts a note's fences; what is judged otherwise than expected."""
    wrong = []
    found = {str(judged.block.line): judged for judged in ran.judged}
    for line in expected.keys() | found.keys():
        verdict = found[line].verdict if line in found else "no fence"
        counts["fences"] += 1
        counts["right"] += verdict == expected.get(line)
        if verdict != expected.get(line):
            wrong.append(f"line {line} {verdict}, expected {expected.get(line, 'no fence')}")
            counts["wrong fits"] += verdict == Verdict.FITS
        if line in found and found[line].steps:
            counts["commands"] += 1
            counts["ran"] += found[line].has_run
    return wrong


def share(part: int, whole: int) -> str:
    return f"{part} ({part / whole:.0%})" if whole else "none"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
