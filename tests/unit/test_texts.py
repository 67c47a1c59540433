"""What the site's code says to readers stands in one place."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

SITE = Path(__file__).parents[1] / "harness" / "site"
# The heading that is looked for: data, not words of ours.
DATA = ("index.py", "meanings.py")


def literals(path: Path) -> Iterator[str]:
    """The texts in a module, without its docstrings."""
    tree = ast.parse(path.read_text("utf-8"))
    docstrings = [node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)]
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in docstrings:
            yield node.value


def is_korean(text: str) -> bool:
    return any("가" <= letter <= "힣" for letter in text)


@pytest.mark.parametrize("path", sorted(SITE.glob("*.py")), ids=lambda path: path.name)
def test_only_the_texts_are_in_korean(path: Path) -> None:
    is_expected = path.name in ("texts.py", *DATA)
    assert any(map(is_korean, literals(path))) == is_expected
