"""The flow goes one way: a lower module of the harness never imports a higher one."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

HARNESS = Path(__file__).parents[1] / "harness"

# From the bottom up; modules on one line do not import each other.
LAYERS = [
    "outer.leftovers outer.tunnel shape.names shape.tables shape.ports sessions markdown screens engines",
    "site.policy site.recordings site.plain site.about",
    "site.index",
    "outer.reach outer.bootstrap shape.kinds pages evidence glossary",
    "outer.bridge shape.bindings shape.words record places",
    "outer.dockerd shape.lines proofs",
    "engine shape.builds shape.forms shape.maps shape.ties shape.overlaps shape.races shape.turns",
    "outer.images shape.events shape.logs",
    "standins shape.order",
    "mirror",
    "labs shape.differences",
    "shapes terminal clean newest",
    "machine diff",
    "course",
    "runner",
    "report opened",
    "fences status commands",
    "plugin night.compare",
    "night.markdown night.shards site.feed",
]
RANKS = {name: rank for rank, line in enumerate(LAYERS) for name in line.split()}
PURE = [
    "engines",
    "pages",
    "markdown",
    "sessions",
    "shapes",
    "evidence",
    "record",
    "diff",
    "night.compare",
    "site.index",
    "site.feed",
]
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


def test_every_module_has_its_layer() -> None:
    assert sorted(MODULES) == sorted(RANKS)


@pytest.mark.parametrize("name", sorted(MODULES))
def test_a_module_imports_only_from_below(name: str) -> None:
    assert [other for other in imported(MODULES[name]) if RANKS.get(other, -1) >= RANKS[name]] == []


@pytest.mark.parametrize("name", [name for name in sorted(MODULES) if name in PURE or name.startswith("shape.")])
def test_a_pure_module_knows_neither_docker_nor_pytest(name: str) -> None:
    foreign = {"docker", "pytest", "pexpect", "socket", "subprocess"}
    assert [other for other in imported(MODULES[name]) if other.partition(".")[0] in foreign] == []
