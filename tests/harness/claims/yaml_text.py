"""Turns YAML that anybody may have written into its values, for front matter and for compose files."""

from typing import Any

import yaml
from yaml.composer import ComposerError
from yaml.constructor import ConstructorError

try:
    from yaml import CSafeLoader as SafeLoader
except ImportError:  # pragma: no cover  (a Python that PyYAML was not built for: a runner's own, at night)
    from yaml import SafeLoader  # type: ignore[assignment]

_DEEPEST = 100  # far more than anybody writes; PyYAML falls on what is nested some thousand times


class _Loader(SafeLoader):
    def construct_object(self, node: yaml.Node, deep: bool = False) -> Any:
        try:
            return super().construct_object(node, deep)
        except (ValueError, AttributeError) as error:  # 2026-99-99, 0x_, !!int x: PyYAML lets them through
            said = f"{node.value} is no {node.tag.rpartition(':')[2]}"
            raise ConstructorError(problem=said, problem_mark=node.start_mark) from error


def load(text: str) -> Any:
    """The values that the text has; raises `yaml.YAMLError`, with its place, where it is no YAML."""
    depth = 0
    for event in yaml.parse(text, SafeLoader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST:
            mark: Any = event.start_mark
            raise ComposerError(problem=f"nested more than {_DEEPEST} deep", problem_mark=mark)
    return yaml.load(text, _Loader)  # noqa: S506  (a safe one)


def text(value: object) -> str:
    """What stands in the place of one value; nothing for a list or a mapping, which its aliases may make endless."""
    return str(value) if isinstance(value, str | int | float) else ""
