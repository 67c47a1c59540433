"""Finishes build/site, as MkDocs has left it: `python -m harness.site`."""

import json
import re

from harness import proofs
from harness.evidence import write
from harness.site.index import index
from harness.site.recordings import script

SITE = proofs.ROOT / "build" / "site"
EVIDENCE = proofs.ROOT / "build" / "evidence"


def main() -> None:
    built = SITE / "search" / "search_index.json"
    write(SITE / "search" / "index.js", index(json.loads(built.read_text("utf-8"))))
    for page in sorted(SITE.rglob("*.html")):
        for name in re.findall(r'data-recording="([^"]+)"', page.read_text("utf-8")):
            cast = (EVIDENCE / f"{name}.cast").read_text("utf-8")
            write(SITE / "recordings" / f"{name}.js", script(name, cast))


if __name__ == "__main__":
    main()
