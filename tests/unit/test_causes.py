"""Why a step can't be judged, in words: by an error, by what was printed, by images that aren't there."""

import errno

import pytest

from harness import causes
from harness.evidence.files import EvidenceError
from harness.lab.host import Missing
from harness.lab.outer.faults import LabError


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (LabError("the lab is gone"), "the lab is gone"),
        (EvidenceError("a.json: no JSON"), "a.json: no JSON"),
        (
            OSError(errno.ENOSPC, "No space left on device", "build/evidence/a"),
            "No space left on device: build/evidence/a",
        ),
        (OSError("odd"), "odd"),
        (TimeoutError(), "TimeoutError"),
    ],
)
def test_a_fault_of_the_world_is_told_as_it_stands(error: Exception, said: str) -> None:
    assert causes.cause(error) == said


def test_a_fault_of_this_program_is_told_on_one_line_however_long_it_is() -> None:
    said = causes.cause(ValueError("one\n" * 4000))
    assert said.startswith("a fault of this program (ValueError: one one one")
    assert ("\n" in said, len(said) < 500) == (False, True)


UNRESOLVED = "the name {} does not resolve here: this needs the internet"
PRINTED = [
    ("write /x: No space left on device", "the disk is full"),
    (
        "Error response from daemon: toomanyrequests: You have reached your pull rate limit.",
        "the registry's limit of pulls is reached (You have reached your pull rate limit.): wait, or log in with "
        "`docker login` where the run was started",
    ),
    (
        'Error: Get "https://ghcr.io/v2/": proxyconnect tcp: dial tcp 10.0.0.1:3128: connect: connection refused',
        "the proxy does not let this through (dial tcp 10.0.0.1:3128: connect: connection refused)",
    ),
    ('Get "https://ghcr.io/v2/": Forbidden', "the proxy does not let this through (Forbidden)"),
    ("curl: (56) CONNECT tunnel failed, response 403", "the proxy does not let this through (response 403)"),
    (
        'Get "https://ghcr.io/v2/": dial tcp: lookup ghcr.io on 192.0.2.53:53: no such host',
        UNRESOLVED.format("ghcr.io"),
    ),
    ("curl: (6) Could not resolve host: get.docker.com", UNRESOLVED.format("get.docker.com")),
    ("E: Temporary failure resolving 'packages.example.org'", UNRESOLVED.format("packages.example.org")),
    ("wget: unable to resolve host address ‘example.com’", UNRESOLVED.format("example.com")),
]


@pytest.mark.parametrize(("printed", "said"), PRINTED)
def test_what_is_wrong_around_the_machine_is_told_unless_the_page_shows_it(printed: str, said: str) -> None:
    assert causes.world("done", f"first\n{printed}\nlast") == said
    assert causes.world(printed, f"first\n{printed}\nlast") == ""


@pytest.mark.parametrize(
    "printed",
    [
        "",
        "curl: (6) Could not resolve host: web",  # a container's name: the page forgot its network
        "ping: bad address 'web'",
        "HTTP/1.1 403 Forbidden",
        "lookup table",
    ],
)
def test_what_a_page_may_have_done_wrong_itself_is_no_fault(printed: str) -> None:
    assert causes.world("", printed) == ""


NO_ALPINE = [Missing("alpine", "no stand-in for alpine", 100)]


@pytest.mark.parametrize(
    ("sample", "seen", "seconds", "said"),
    [
        ("hi", "docker run alpine echo hi\n", 1, "no stand-in for alpine"),
        ("hi", "docker compose up\nSource docker.io/library/alpine:latest: not found", 1, "no stand-in for alpine"),
        ("hi", "sh run.sh", 101, "no stand-in for alpine"),  # nowhere named, but asked for meanwhile
        ("hi", "echo hi", 1, ""),  # an earlier step's
        ("hi", "docker run my-alpine", 1, ""),
        ("hi", "docker run me/alpine", 1, ""),
        ("Error: pull access denied for alpine, repository does not exist", "docker run alpine", 1, ""),
        ("ERROR: docker.io/library/alpine:latest: not found", "docker run alpine", 1, ""),
        ("Unable to find image 'alpine:latest' locally\nhi", "docker run alpine", 1, "no stand-in for alpine"),
    ],
)
def test_an_image_that_is_not_there_is_why_unless_the_page_shows_so(
    sample: str, seen: str, seconds: float, said: str
) -> None:
    assert causes.absence(NO_ALPINE, sample, seen, seconds) == said
