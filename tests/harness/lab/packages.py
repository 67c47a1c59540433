"""The archive of Docker's packages that an engine comes from -> the versions that it has, for the bisection.

The archive is Debian's kind: its index is a file of paragraphs, one a package and version.
"""

import re
from urllib.request import urlopen

from harness.lab.engines import Engine
from harness.lab.outer.faults import LabError

_PATIENCE = 30  # seconds in which the archive has to answer
_VERSION = re.compile(r"^Package: docker-ce\n(?:.+\n)*?Version: 5:(\d+\.\d+\.\d+)-", re.MULTILINE)


def versions(engine: Engine) -> list[str]:
    """All that the archive has for the engine's suite, oldest first: 29.7.2. LabError where it can't be asked."""
    # The versions of other processors are the same.
    index = f"{engine.archive}/dists/{engine.suite}/stable/binary-amd64/Packages"
    try:
        with urlopen(index, timeout=_PATIENCE) as answer:  # noqa: S310  (https, as declared)
            text = answer.read().decode("utf-8", "replace")
    except OSError as error:
        raise LabError(f"Docker's packages ({index}) can't be reached: {error}") from error
    return sorted(set(_VERSION.findall(text)), key=order)


def order(version: str) -> tuple[int, ...]:
    """What versions are sorted by; that of `29` comes before that of `29.0`."""
    return tuple(map(int, version.split(".")))
