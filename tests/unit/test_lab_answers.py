"""What a lab is asked and answers, where the outer engine loses what a command printed."""

import json
from typing import Any, cast

import pytest

from harness.lab.host import Thing
from harness.lab.labs import Lab
from harness.lab.outer.faults import LabError

NOTHING = cast("Any", None)
CONTAINERS = json.dumps([{"Names": ["/web"], "Ports": []}])
FILES = "/home/reader\n/home/reader/note.txt\n/home/reader/docker-note\n/home/reader/docker-note/house\n"
THINGS = [Thing("container", "web"), Thing("file", "~/note.txt"), Thing("file", "~/docker-note/house")]


class Busy(Lab):
    """A lab whose outer engine loses the first answers to each command."""

    def __init__(self, lost: int) -> None:
        super().__init__(NOTHING, NOTHING, "588ec8830392", NOTHING)
        self.lost, self.asked = lost, dict[tuple[str, ...], int]()

    def exec(self, *command: str, user: str = "root") -> tuple[int, str]:
        self.asked[command] = self.asked.get(command, 0) + 1
        answers = {"containers": CONTAINERS, "volumes": "{}", "networks": "[]"}
        answer = next((text for name, text in answers.items() if f"/{name}" in command[-1]), FILES)
        return 0, "" if self.asked[command] <= self.lost else answer


@pytest.mark.parametrize("lost", [0, 1, 4])
def test_what_is_lost_is_asked_again(lost: int) -> None:
    assert Busy(lost).things() == THINGS


def test_what_is_lost_each_time_is_a_fault() -> None:
    with pytest.raises(LabError, match="what curl printed in the lab was lost 5 times"):
        Busy(5).things()
