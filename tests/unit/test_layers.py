"""The flow goes one way: a wing of the harness never imports a higher one, nor a module one that imports it."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

HARNESS = Path(__file__).parents[1] / "harness"

# From the bottom up; a wing is a folder or a single module. Two on one line do not import each other.
WINGS = [
    *("project output faults", "claims", "shapes", "lab", "evidence hanging judge rewrite"),
    *("causes lab_shell changed", "executor", "steps", "runner", "report stale", "options", "progress", "repeats"),
    "reader_report",
    *("items notes", "night plugin", "bisection", "site", "serve"),
]
RANKS = {wing: rank for rank, line in enumerate(WINGS) for wing in line.split()}
PURE = ("claims", "shapes", "evidence", "hanging", "judge", "stale")
MODULES = {".".join(path.relative_to(HARNESS).with_suffix("").parts): path for path in HARNESS.rglob("[a-z]*.py")}


def imported(path: Path) -> Iterator[str]:
    """The dotted names that a module imports, of the harness without its `harness.`."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            inside = f"{node.module}.".removeprefix("harness.")
            for alias in node.names:
                yield inside + alias.name if inside + alias.name in MODULES else node.module.removeprefix("harness.")


def wing(name: str) -> str:
    return name.partition(".")[0]


def test_every_module_has_its_wing() -> None:
    assert {wing(name) for name in MODULES} == set(RANKS)


@pytest.mark.parametrize("name", sorted(MODULES))
def test_a_module_imports_only_from_its_wing_and_below(name: str) -> None:
    above = [other for other in imported(MODULES[name]) if RANKS.get(wing(other), -1) >= RANKS[wing(name)]]
    assert [other for other in above if wing(other) != wing(name)] == []


def test_no_module_imports_one_that_imports_it() -> None:
    """Taken away one by one: what imports nothing that is left."""
    left = {name: {other for other in imported(path) if other in MODULES} for name, path in MODULES.items()}
    while free := [name for name, others in left.items() if not others & left.keys()]:
        for name in free:
            del left[name]
    assert left == {}


@pytest.mark.parametrize("name", [name for name in sorted(MODULES) if wing(name) in PURE])
def test_a_pure_module_knows_neither_docker_nor_pytest(name: str) -> None:
    foreign = {"docker", "pytest", "pexpect", "socket", "subprocess"}
    assert [other for other in imported(MODULES[name]) if other.partition(".")[0] in foreign] == []


@pytest.mark.parametrize("name", [name for name in sorted(MODULES) if wing(name) == "evidence"])
def test_the_evidence_knows_of_the_lab_only_its_lanes_and_the_size_of_its_terminal(name: str) -> None:
    assert {other for other in imported(MODULES[name]) if wing(other) == "lab"} <= {"lab.lanes", "lab.shell"}


@pytest.mark.parametrize("name", ["site.fences", "site.status", "site.commands", "site.glossary", "site.__main__"])
def test_the_site_is_built_without_docker_and_pytest(name: str) -> None:
    """Whatever else is loaded with it."""
    asked = f"import sys, harness.{name}; print(*sys.modules.keys() & {{'docker', 'pytest', 'pexpect'}})"
    ran = subprocess.run([sys.executable, "-c", asked], cwd=HARNESS.parent, capture_output=True, text=True, check=True)
    assert ran.stdout == "\n"


def test_the_site_is_built_without_what_compares_outputs() -> None:
    asked = "import sys, harness.site.__main__; print(*(name for name in sys.modules if 'harness.shapes.' in name))"
    ran = subprocess.run([sys.executable, "-c", asked], cwd=HARNESS.parent, capture_output=True, text=True, check=True)
    assert ran.stdout == "harness.shapes.difference\n"


@pytest.mark.parametrize("path", sorted((HARNESS.parent / "lint").glob("*.py")), ids=lambda path: path.stem)
def test_the_lint_reads_pages_and_knows_nothing_else_of_the_harness(path: Path) -> None:
    of_harness = [other for other in imported(path) if other in MODULES]
    assert [other for other in of_harness if wing(other) not in ("claims", "project")] == []


def test_every_place_that_the_page_for_changing_the_harness_names_is_there() -> None:
    text = (HARNESS / "README.md").read_text("utf-8")
    named = {name for name in re.findall(r"`([\w./-]+)`", text) if "/" in name and not re.search("[A-Z]{2}", name)}
    there = {name for name in named if (HARNESS / name).exists() or (HARNESS.parents[1] / name).exists()}
    assert named - there - {"build/evidence/"} == set()  # which a run makes
