"""Finds the first version of Docker that prints an example as the newest does; `nox -s bisect`.

python -m harness.bisection docs/images.md::list.console                 among the declared engines that can be had
python -m harness.bisection ... --from 26 --to 28                        between two of them
python -m harness.bisection ... --engine 29 --lab-image A --lab-image B  among images of one, oldest first
python -m harness.bisection ... --packages --from 28 --to 29.4.0         among versions of Docker's packages (internet)
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from harness import output, project
from harness.bisection import candidates, report
from harness.bisection.candidates import Candidate, WrongEnd
from harness.bisection.looks import Looks
from harness.bisection.runs import Runs
from harness.bisection.search import first_new
from harness.causes import cause
from harness.claims import pages
from harness.claims.pages import Page, PageError
from harness.evidence.summary import ExitStatus
from harness.lab import engines, packages
from harness.lab.lanes import Lane
from harness.lab.outer.client import WrongAddress


def main(arguments: Sequence[str]) -> int:
    """0 where the first version is found, or that it is one of several; 2 for what is asked wrongly; 6 for unknown."""
    asked = _parser().parse_args(arguments)
    try:
        page, number = _example(asked.example, asked.rootdir)
        among = _candidates(asked)
        looks = Looks(page, number, among, Runs(page, number, asked.rootdir, asked.lane, _say), _say)
        found = first_new(len(among), looks.key)
    except (WrongEnd, PageError) as error:
        _say(str(error))
        return ExitStatus.WRONG_PAGES
    except Exception as error:
        _say(cause(error))
        return ExitStatus.WRONG_ADDRESS if isinstance(error, WrongAddress) else ExitStatus.BROKEN
    _say(report.result([(candidate, looks.seen.get(place)) for place, candidate in enumerate(among)], found))
    return ExitStatus.PASSED if found else ExitStatus.BROKEN


def _parser() -> argparse.ArgumentParser:
    known = [engine.name for engine in engines.read()]
    parser = argparse.ArgumentParser("nox -s bisect --", description=__doc__, allow_abbrev=False)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("example", metavar="docs/PAGE.md::NAME.console", help="the example, as `verify -v` names it")
    parser.add_argument("--from", default="", dest="first", metavar="VERSION", help="the oldest to look at")
    parser.add_argument("--to", default="", dest="last", metavar="VERSION", help="the newest to look at")
    parser.add_argument("--engine", default="", choices=known, help="the engine that lab images are of")
    parser.add_argument("--lab-image", action="append", default=[], metavar="IMAGE", help="that the outer engine has")
    parser.add_argument("--packages", action="store_true", help="versions of Docker's packages, from the internet")
    parser.add_argument("--lane", type=Lane, choices=[Lane.HUB, Lane.STANDIN], help="where images come from")
    parser.add_argument("--rootdir", type=Path, default=project.ROOT, help="of another project")
    return parser


# -- what is asked for


def _example(asked: str, root: Path) -> tuple[Page, int]:
    """The page, and the place of its block. PageError; WrongEnd where there is no such block."""
    file, _, rest = asked.partition("::")
    path, name = root / file, rest.rpartition("::")[2]  # an engine between them is verify's
    if not path.is_file():
        raise WrongEnd(f"no such page: {file}")
    page = pages.read(path, root, [engine.name for engine in engines.read()])
    names = pages.block_names(page)
    sessions = [known for known, block in zip(names, page.blocks, strict=True) if block.is_session]
    if name not in sessions:
        raise WrongEnd(f"{file} has no example `{name}`; expected one of: {', '.join(sessions)}")
    number = names.index(name)
    if reason := page.unchecked.get(page.blocks[number].snippet):
        raise WrongEnd(f"{asked} is not run anywhere: {reason}")
    return page, number


def _candidates(asked: argparse.Namespace) -> list[Candidate]:
    """WrongEnd; LabError where the archive of packages can't be asked."""
    declared = engines.read()
    if asked.lab_image:
        if not asked.engine or asked.packages or asked.first or asked.last:
            raise WrongEnd("--lab-image goes with --engine, which names what the images are of, and with nothing else")
        return candidates.of_lab_images(asked.engine, asked.lab_image)
    if asked.engine:
        raise WrongEnd("--engine goes with --lab-image; the ends of the search are --from and --to")
    if asked.packages:
        versions = packages.versions(candidates.archived(declared))
        return candidates.of_packages(declared, versions, asked.first, asked.last)
    return candidates.of_engines(declared, asked.first, asked.last)


def _say(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    output.forgive()
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
