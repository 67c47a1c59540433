"""Asks the addresses of other sites that pages link to whether they are still there."""

import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from harness.claims.pages import Problem
from lint.links import external

TIMEOUT = 20  # seconds that a site may take
_GONE = {404, 410}  # other errors are between that site and this machine: a login, a limit, a bad moment


def unanswered(pages: Sequence[Path], root: Path) -> Iterator[Problem]:
    """The links whose page is not there any more, or whose site cannot be reached."""
    found = [
        (page, line, address) for page in pages for line, address in external(page.read_text("utf-8"))
    ]  # fmt: skip
    with ThreadPoolExecutor(8) as pool:
        asked = sorted({address.partition("#")[0] for _, _, address in found})
        said = dict(zip(asked, pool.map(ask, asked), strict=True))
    for page, line, address in found:
        if problem := said[address.partition("#")[0]]:
            shown = page.relative_to(root) if page.is_relative_to(root) else page
            yield Problem(shown, line, f"{address}: {problem}; link to what has taken its place")


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
