"""The damages that the bench does to outputs: each is one, and none is done to what is free."""

import random
from collections.abc import Iterator

import pytest

from bench.damages import DAMAGES
from bench.outputs import Output

_PS = """\
CONTAINER ID   IMAGE     COMMAND   CREATED         STATUS                    PORTS                  NAMES
588ec8830392   nginx     "top"     2 minutes ago   Up 2 minutes              0.0.0.0:8080->80/tcp   web
11ecf7822319   centos    "bash"    3 minutes ago   Exited (0) 1 minute ago                          priceless_swartz"""
_MORE = "172.17.0.2 at 2026-11-24T09:33:50Z, 3.27MiB of 100MiB, 0"


def output(text: str, command: str = "docker ps -a", typed: tuple[str, ...] = ()) -> Output:
    return Output(command, text, "another output", frozenset({"588ec8830392"}), random.Random(1), typed)


def _outputs() -> Iterator[Output]:
    yield output(_PS)
    yield output(_MORE, typed=("docker run -m 100m nginx",))
    yield output(
        '  "Privileged": true, nginx 1.30.1, 10.9.0.7, 172.18.0.0/16, 가',
        typed=("docker run --ip 10.9.0.7 nginx:1.30",),
    )
    yield output("[1] 4242", "sleep 300 &")
    yield output("4242 0", "docker inspect -f '{{.State.Pid}} {{.State.ExitCode}}' web")


@pytest.mark.parametrize("kind", DAMAGES)
def test_each_damage_is_done_to_some_output(kind: str) -> None:
    assert [one.command for one in _outputs() if DAMAGES[kind](one) != one.text] != []


@pytest.mark.parametrize(
    ("kind", "text", "typed", "expected"),
    [
        ("fixed address", "on 0.0.0.0:80", "", "on 127.0.0.1:80"),
        ("fixed address", "on 127.0.0.1:80", "", "on 0.0.0.0:80"),
        ("fixed address", "on 127.0.0.11", "", "on 127.0.0.11"),
        ("limit", "3MiB / 100MiB", "docker run -m 100m nginx", "3MiB / 9100MiB"),
        ("limit", "104857600", "docker run --memory=100m nginx", "209715200"),
        ("limit", "3MiB / 1.5GiB", "docker run --memory 1.5g nginx", "3MiB / 91.5GiB"),
        ("limit", "500000000", "docker run --cpus .5 nginx", "1000000000"),
        ("limit", "3MiB / 100MiB", "docker run nginx", "3MiB / 100MiB"),
        ("time zone", "2026-11-24T09:33:50.009Z", "", "2026-11-24T09:33:50.009+09:00"),
        ("time zone", "Tue Nov 24 11:28:57 UTC 2026", "", "Tue Nov 24 11:28:57 KST 2026"),
        ("time zone", "[24/Nov/2026:11:30:21 +0000]", "", "[24/Nov/2026:11:30:21 +0900]"),
        ("time zone", "UTC", "", "UTC"),
        ("number beside", "4242 0", "docker inspect -f '{{.State.Pid}} {{.State.ExitCode}}' web", "4242 1"),
        ("number beside", "4242", "docker inspect -f '{{.State.Pid}}' web", "4242"),
        ("version asked for", "nginx/1.30.1", "docker run nginx:1.30", "nginx/91.30.1"),
        ("version asked for", "nginx/1.30.1", "docker run nginx", "nginx/1.30.1"),
        ("word typed", "at 10.9.0.7.", "docker run --ip 10.9.0.7 nginx", "at 10.9.0.7."),
        ("word typed", "10.9.0.7", "docker run --ip 10.9.0.7 nginx", "10.9.0.8"),
        ("word typed", "588ec8830392", "docker rm 588ec8830392", "588ec8830392"),
        ("mask", "172.18.0.0/16", "", "172.18.0.0/17"),
        ("job", "[1] 4242", "", "[2] 4242"),
        ("job", "[1]", "", "[1]"),
        ("protocol", "80/tcp", "", "80/udp"),
        ("true or false", "falsey: true", "", "falsey: false"),
        ("key of JSON", '"Id": "Cmd"', "", '"IdQ": "Cmd"'),
        ("Korean syllable", "a 가", "", "a 뷁"),
        ("indentation", "a:\n  b", "", "a:\n    b"),
        ("last line doubled", "a\nb", "", "a\nb\nb"),
        ("four blanks", "a", "", "    a"),
        ("four blanks", "       i Info →   U  In Use", "docker images", "       i Info →   U  In Use"),
    ],
)
def test_a_value_is_changed_to_one_that_is_wrong(kind: str, text: str, typed: str, expected: str) -> None:
    assert DAMAGES[kind](output(text, typed, (typed,))) == expected


@pytest.mark.parametrize("kind", ["line dropped", "last line doubled", "half"])
def test_lines_of_a_loop_are_free_to_come_more_or_less_often(kind: str) -> None:
    loop = output("tick\ntick\ntick\ntick", "docker logs clock")
    assert DAMAGES[kind](loop) == loop.text


def test_an_id_that_is_not_known_yet_may_be_any() -> None:
    assert DAMAGES["other id"](output("11ecf7822319")) == "11ecf7822319"
    assert DAMAGES["other id"](output("588ec8830392")) != "588ec8830392"


def test_whether_memory_ran_out_is_told_late_or_not() -> None:
    command = "docker inspect -f '{{.State.OOMKilled}} {{.State.ExitCode}}' oom"
    assert DAMAGES["true or false"](output("true 137", command)) == "true 137"
    assert DAMAGES["true or false"](output("true 1", command)) == "false 1"
