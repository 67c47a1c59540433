"""Turns the reports (JUnit) of several runs into that of one, for CI."""

from collections.abc import Callable, Sequence
from pathlib import Path
from xml.etree import ElementTree

from harness.project import write


def joined(reports: Sequence[Path], say: Callable[[str], object]) -> str:
    """The test suites of all reports under one root; `say` is told of a report that can't be read."""
    root = ElementTree.Element("testsuites")
    for path in reports:
        try:
            root.extend(ElementTree.parse(path).getroot())  # noqa: S314  (libexpat bounds what entities grow to)
        except (OSError, ElementTree.ParseError) as error:
            say(f"{path}: no report of a run (JUnit): {error}")
    return ElementTree.tostring(root, encoding="unicode")


def replace_cases(report: Path, again: Path) -> None:
    """Puts the cases of `again` in the place of those in `report`, which then counts what came of them."""
    written = ElementTree.parse(report)  # noqa: S314  (the runs' own)
    newer = {_name(case): case for case in ElementTree.parse(again).iter("testcase")}  # noqa: S314
    for suite in written.iter("testsuite"):
        for index, case in enumerate(suite):
            if case.tag == "testcase":
                suite[index] = newer.get(_name(case), case)
        for counted, tag in (("errors", "error"), ("failures", "failure"), ("skipped", "skipped")):
            suite.set(counted, str(len(suite.findall(f"testcase/{tag}"))))
    write(report, ElementTree.tostring(written.getroot(), encoding="unicode"))


def _name(case: ElementTree.Element) -> tuple[str, str]:
    return case.get("classname", ""), case.get("name", "")
