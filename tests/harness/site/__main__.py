"""Finishes build/site, as MkDocs has left it: `python -m harness.site`."""

import json

from harness import proofs
from harness.evidence import write
from harness.site.index import index

SITE = proofs.ROOT / "build" / "site"


def main() -> None:
    built = SITE / "search" / "search_index.json"
    write(SITE / "search" / "index.js", index(json.loads(built.read_text("utf-8"))))


if __name__ == "__main__":
    main()
