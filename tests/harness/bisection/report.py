"""What was found of an example -> words for whoever reads the terminal, with links to what has changed between two
versions.
"""

from collections.abc import Sequence

from harness.bisection.candidates import Candidate
from harness.bisection.printed import NotRun, Printed
from harness.bisection.search import Found
from harness.claims.characters import visible
from harness.lab.engines import number

Seen = Sequence[tuple[Candidate, Printed | NotRun | None]]  # oldest first; None was not looked at
_COMPARE = "https://github.com/{}/compare/{}...{}"


def row(candidate: Candidate, seen: Printed | NotRun, proved: str) -> str:
    """One version as it is looked at. `proved` is the day of the run that tells, where it is an earlier one."""
    if isinstance(seen, NotRun):
        return visible(f"  {candidate.name}: could not be run: {seen.reason}")
    how = f"otherwise: {seen.difference}" if seen.difference else "as the sample shows"
    return visible(f"  {_called(candidate, seen)}: {how}{f' (run of {proved})' if proved else ''}")


def result(seen: Seen, found: Found | None) -> str:
    """Which version was the first, or that it isn't known, and what to look at next."""
    ran = [(candidate, one) for candidate, one in seen if isinstance(one, Printed)]
    if not ran:
        return "unknown: it could be run on none of these versions; what stands above says why"
    if not found:
        (oldest, first), (newest, last) = ran[0], ran[-1]
        if len(ran) == 1:
            return f"unknown: it could be run on {_called(oldest, first)} only"
        return f"unknown: {_called(oldest, first)} prints the same as {_called(newest, last)}"
    (old, before), (new, after) = seen[found.old], seen[found.new]
    assert isinstance(before, Printed)
    assert isinstance(after, Printed)
    between = [candidate.name for candidate, _ in seen[found.old + 1 : found.new]]
    or_else = f", or one before it that could not be run: {', '.join(between)}" if between else ""
    lines = [
        f"first: {_called(new, after)}{or_else}",
        f"before: {_called(old, before)}",
        *_changes(before.version, after.version),
    ]
    return "\n".join(map(visible, lines))


def _called(candidate: Candidate, seen: Printed) -> str:
    return f"{candidate.name} ({seen.version})" if number(seen.version) != candidate.name else candidate.name


def _changes(old: str, new: str) -> list[str]:
    """Where the changes between two versions are listed."""
    before, after = number(old), number(new)
    if before == after:
        return [f"both are {after}: it is not the version that makes the difference, but how the engine is set up"]
    return [
        f"changes: {_COMPARE.format('docker/cli', f'v{before}', f'v{after}')}",
        f"         {_COMPARE.format('moby/moby', _mobys(before), _mobys(after))}",
    ]


def _mobys(version: str) -> str:
    """The tag of an engine's version; since 29 moby has other things with versions of their own."""
    return f"docker-v{version}" if int(version.partition(".")[0]) >= 29 else f"v{version}"
