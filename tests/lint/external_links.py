"""Asks other sites whether the pages that the guide links to are still there."""

import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from harness.claims.problems import Problem, relative
from lint.links import external

TIMEOUT = 20  # seconds that a site may take
_GONE = {404, 410}  # other errors are between that site and this machine: a login, a limit, a bad moment


def unanswered(pages: Sequence[Path], root: Path) -> Iterator[Problem]:
    """The links whose page is not there any more, or whose site cannot be reached."""
    found = [(page, *link) for page in pages for link in external(page.read_text("utf-8"))]
    with ThreadPoolExecutor(8) as pool:
        asked = sorted({address.partition("#")[0] for _, _, address in found})
        problems = dict(zip(asked, pool.map(ask, asked), strict=True))
    for page, line, address in found:
        if problem := problems[address.partition("#")[0]]:
            yield Problem(relative(page, root), line, f"{address}: {problem}; link to what has taken its place")


def ask(address: str) -> str:
    """What is wrong with an address; '' where it answers."""
    request = urllib.request.Request(address, headers={"User-Agent": "Mozilla/5.0 (docker-note link check)"})  # noqa: S310
    try:
        with urllib.request.urlopen(request, timeout=TIMEOUT):  # noqa: S310
            return ""
    except urllib.error.HTTPError as error:
        return f"the site answers {error.code}" if error.code in _GONE else ""
    except (OSError, ValueError) as error:
        return f"the site cannot be reached ({error})"
