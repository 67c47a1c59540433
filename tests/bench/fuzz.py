"""Looks for texts on which the harness falls: the properties of tests/unit/test_fuzz.py, with new examples every time.

PYTHONPATH=tests python tests/bench/fuzz.py [MINUTES]      (10 where nothing is said)

Ends with 1 where it has found any; each is shown with the smallest text that still does it.
"""

import os
import sys
import time
import traceback
from collections.abc import Callable

_AT_ONCE = 200  # examples of a property before the next has its turn

os.environ["FUZZ_NEW_EXAMPLES"] = str(_AT_ONCE)
from unit import test_fuzz  # noqa: E402  (it asks for them)


def main(minutes: float) -> int:
    """The exit status."""
    properties = {name: value for name, value in vars(test_fuzz).items() if name.startswith("test_")}
    until = time.monotonic() + 60 * minutes
    tried, failed = 0, set[str]()
    while time.monotonic() < until and len(failed) < len(properties):
        for name in properties.keys() - failed:
            if not _holds(properties[name]):
                failed.add(name)
            tried += _AT_ONCE
    print(f"{tried} examples of {len(properties)} properties; {len(failed)} do not hold: {', '.join(sorted(failed))}")
    return int(bool(failed))


def _holds(property_: Callable[[], None]) -> bool:
    try:
        property_()
    except Exception:  # whatever it is, it is what we look for
        traceback.print_exc(limit=-4)
        return False
    return True


if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1]) if sys.argv[1:] else 10))
