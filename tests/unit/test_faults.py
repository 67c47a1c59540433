"""The types of what keeps a step from being judged: said in a sentence, and read back from it."""

import re

import pytest

from harness import causes, faults
from harness.faults import SENTENCES, Fault, Kind, Sentence, read
from harness.lab import bounds, inventory, labs
from harness.lab.bounds import Bounds
from harness.lab.lanes import Lane
from harness.project import LABS


@pytest.mark.parametrize("sentence", SENTENCES, ids=lambda sentence: sentence.words[:20])
def test_what_is_said_is_read_back_whatever_stands_around_it(sentence: Sentence) -> None:
    of = "example.org" if "{}" in sentence.words else ""
    for said in (sentence.of(of), f"did not end within its time (60 s): {sentence.of(of)}; and more"):
        assert read(said) == Fault(sentence.kind, of)


@pytest.mark.parametrize("reason", ["", "did not end within its time (60 s)", "closed the terminal", "exit status"])
def test_another_reason_has_no_type(reason: str) -> None:
    assert read(reason) is None


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        (bounds.out_of_memory(Bounds()), Fault(Kind.MEMORY, "3g")),
        (bounds.out_of_processes(Bounds()), Fault(Kind.PROCESSES, "4096")),
        (bounds.full_disk("/ 0 4096 1000 0 0", Bounds(), has_own=True), Fault(Kind.DISK, "10g")),
        (bounds.full_disk("/ 0 4096 1000 0 0", Bounds(), has_own=False), Fault(Kind.DISK, "/: 3 MiB")),
        (labs.GONE, Fault(Kind.ENGINE_GONE, "")),
        (inventory.missing('[["library/alpine:3", 1]]', Lane.HUB)[0].why, Fault(Kind.IMAGE_GONE, "alpine:3")),
        (inventory.missing('[["library/alpine:3", 1]]', Lane.STANDIN)[0].why, Fault(Kind.IMAGE_GONE, "alpine:3")),
        (causes.world("", "toomanyrequests: 100 pulls"), Fault(Kind.RATE_LIMIT, "100 pulls")),
        (causes.world("", "curl: (6) Could not resolve host: get.docker.com"), Fault(Kind.NETWORK, "get.docker.com")),
        (causes.full_disk([], "", "dd: No space left on device"), Fault(Kind.DISK, "dd: No space left on device")),
    ],
)
def test_whoever_meets_a_fault_says_it_so_that_its_type_and_data_are_known(said: str, fault: Fault) -> None:
    assert read(said) == fault


@pytest.mark.parametrize("sentence", [faults.HUBS_LIMIT, faults.HUB_UNREACHABLE], ids=["limit", "unreachable"])
def test_what_the_mirror_says_of_docker_hub_is_one_of_these(sentence: Sentence) -> None:
    """It runs in a container, without this program."""
    said = (LABS / "hub/cache.py").read_text("utf-8")
    assert re.search(re.escape(sentence.words).replace(re.escape("{}"), r"\{shown\}"), said)
