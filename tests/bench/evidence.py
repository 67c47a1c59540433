"""Turns the evidence of pages that ran into runs for tests/bench/shapes.py: what nobody wrote rules for. Run by hand.

    PYTHONPATH=tests python tests/bench/evidence.py build/evidence NUMBER FOLDER

After each run of the pages, into an empty build/evidence and with another NUMBER each time. Writes
FOLDER/PAGE/ENGINE-runNUMBER.jsonl for every page, a JSON object for each step that ran: id, command, text.
"""

import argparse
import json
from pathlib import Path

from harness.evidence import files


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("evidence", type=Path)
    parser.add_argument("number", type=int, help="of this run")
    parser.add_argument("folder", type=Path)
    options = parser.parse_args()
    for page in files.load(options.evidence, print):
        folder = options.folder / Path(page.page).stem
        folder.mkdir(parents=True, exist_ok=True)
        steps = [
            {"id": f"{block.snippet}:{number}", "command": step.command, "text": step.actual}
            for block in page.blocks
            for number, step in enumerate(block.steps, 1)
            if step.outcome.is_judged
        ]
        lines = [json.dumps(step, ensure_ascii=False) for step in steps]
        path = folder / f"{page.engine}-run{options.number}.jsonl"
        path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


if __name__ == "__main__":
    main()
