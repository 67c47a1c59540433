"""The lists of commands that the bench types."""

from pathlib import Path

import pytest

from bench.collect import COMMANDS, read_commands

_LISTS = sorted(COMMANDS.parent.glob("*.txt"))


@pytest.mark.parametrize("engine", ["20.10", "28"])
@pytest.mark.parametrize("path", _LISTS, ids=[path.stem for path in _LISTS])
def test_a_list_can_be_read_and_calls_each_command_by_another_name(path: Path, engine: str) -> None:
    ids = [command.id for command in read_commands(path.read_text(encoding="utf-8"), engine) if not command.is_unseen]
    assert len(ids) == len(set(ids)) > 0


def test_a_line_that_is_no_command_is_refused() -> None:
    with pytest.raises(ValueError, match="no command: docker ps"):
        read_commands("docker ps", "28")
