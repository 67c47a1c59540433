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
    (
        "filesystem layer verification failed for digest sha256:0fe7",
        "an image came damaged (verification failed for digest sha256:0fe7): run the page again",
    ),
    (
        "ERROR: failed to copy: unexpected commit digest sha256:0fe7, expected sha256:c1a2: failed precondition",
        "an image came damaged (unexpected commit digest sha256:0fe7, expected sha256:c1a2: failed precondition): run "
        "the page again",
    ),
    (
        'failed to solve: failed to prepare extraction snapshot "extract-388376256-_ikj sha256:4736d2f5": parent '
        "snapshot sha256:712ffe74 does not exist: not found",
        "the engine lost a layer that it was unpacking (moby/buildkit#6521; parent snapshot sha256:712ffe74 does not "
        "exist): run the page again",
    ),
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


NO_SPACE = "no space left on device"
BY_PROGRAM = "dd: error writing '/data/big': No space left on device"
BY_ENGINE = [
    f"docker: Error response from daemon: mkdir /x: {NO_SPACE}",
    f"failed to register layer: write /usr/lib/libc.so: {NO_SPACE}",
    f" ✘ web Error failed to register layer: write /usr/lib/libc.so: {NO_SPACE}",
    f"ERROR: failed to solve: failed to copy files: write /app/big: {NO_SPACE}",
    f"write /var/lib/docker/tmp/GetImageBlob1: {NO_SPACE}",
    "write /var/lib/docker/tmp/GetImageBlob1: disk quota exceeded",
]
# What bounds a disk of the page's own, by which a program may be stopped.
OWN_DISKS = [
    "$ docker run --rm --tmpfs /data:size=1m debian dd if=/dev/zero of=/data/big",
    "$ docker run --rm --mount type=tmpfs,dst=/data,tmpfs-size=1m debian sh fill.sh",
    "$ docker volume create --opt type=none --opt o=size=1m small",
    "$ docker run --rm --storage-opt size=1G debian sh fill.sh",
    "services:\n  web:\n    shm_size: 1m\n",
    "RUN --mount=type=tmpfs,target=/data sh fill.sh",
]


@pytest.mark.parametrize("printed", [BY_PROGRAM, *BY_ENGINE])
def test_a_disk_that_was_full_is_told_with_what_met_it(printed: str) -> None:
    shown = ["$ docker run --log-opt max-size=1m debian sh fill.sh"]
    assert causes.full_disk(shown, "done", f"first\n{printed}\nlast") == (
        f"the lab's disk was full while this ran ({printed.strip()}): let the page need less, or give it more (`disk` "
        "in its front matter)"
    )
    assert causes.full_disk(shown, f"{NO_SPACE}\n", printed) == ""
    assert causes.full_disk(shown, "done", "first\nlast") == ""


@pytest.mark.parametrize("shown", OWN_DISKS)
def test_a_disk_that_the_page_bounds_itself_is_the_pages_matter(shown: str) -> None:
    assert causes.full_disk(["$ true", shown], "done", BY_PROGRAM) == ""
    assert [bool(causes.full_disk([shown], "done", f"{BY_PROGRAM}\n{said}")) for said in BY_ENGINE] == [True] * 6


def test_the_memory_that_a_container_shares_is_bounded_by_its_engine() -> None:
    assert causes.full_disk([], "done", "dd: error writing '/dev/shm/big': No space left on device") == ""


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


NO_LASTEST = [Missing("busybox:lastest", "no stand-in for busybox:lastest", 100)]


@pytest.mark.parametrize(
    ("seen", "said"),
    [
        ("docker run busybox:lastest", "no stand-in for busybox:lastest"),
        (
            "docker compose up\nmanifest for docker.io/library/busybox:lastest not found",
            "no stand-in for busybox:lastest",
        ),
        ("docker inspect busybox", ""),
        ("docker run busybox:1.37", ""),
        ("docker run busybox:lastest-glibc", ""),
    ],
)
def test_a_tag_that_is_not_there_is_no_reason_for_what_another_tag_does(seen: str, said: str) -> None:
    assert causes.absence(NO_LASTEST, "hi", seen, 1) == said


def test_a_tag_that_was_named_is_no_reason_where_only_latest_is_missing() -> None:
    assert causes.absence(NO_ALPINE, "hi", "docker run alpine:3.20", 1) == ""
