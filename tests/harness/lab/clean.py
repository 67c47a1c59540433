"""Removes what makes the next run fast, images and what was pulled, from the engine of the labs: for `nox -s clean`."""

import sys
from contextlib import closing

from harness.lab.outer.engine import connect, outer_engine
from harness.lab.outer.faults import LabError
from harness.lab.outer.runs import remove_cache


def main() -> None:
    try:
        with outer_engine(print) as environment, closing(connect(environment)) as client:
            for name in remove_cache(client):
                print(f"removed {name}")
    except LabError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
