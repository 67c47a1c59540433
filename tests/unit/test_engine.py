"""Which engine is asked, in which order, and what is said where none may be used."""

import hashlib
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from threading import Thread

import pytest

from harness.lab.outer import engine
from harness.lab.outer.client import WrongAddress, check_address
from harness.lab.outer.engine import NoEngine, candidates, outer_engine, reachable


@pytest.fixture(autouse=True)
def nothing_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DOCKER_HOST", "DOCKER_TLS_VERIFY", "DOCKER_CERT_PATH", "DOCKER_CONTEXT"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("DOCKER_CONFIG", str(tmp_path))


def make_context(folder: Path, name: str, host: str) -> None:

    meta = folder / "contexts/meta" / hashlib.sha256(name.encode()).hexdigest() / "meta.json"
    meta.parent.mkdir(parents=True)
    described = {"Name": name, "Metadata": {}, "Endpoints": {"docker": {"Host": host, "SkipTLSVerify": False}}}
    meta.write_text(json.dumps(described))


def add_tls(folder: Path, name: str) -> Path:

    tls = folder / "contexts/tls" / hashlib.sha256(name.encode()).hexdigest() / "docker"
    tls.mkdir(parents=True)
    for file in ("ca.pem", "cert.pem", "key.pem"):
        (tls / file).write_text("")
    return tls


def test_docker_host_is_the_only_one_asked_where_it_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOCKER_HOST", "tcp://far:2376")
    monkeypatch.setenv("DOCKER_TLS_VERIFY", "1")
    monkeypatch.setenv("DOCKER_CERT_PATH", "/certs")
    environment = {"DOCKER_HOST": "tcp://far:2376", "DOCKER_TLS_VERIFY": "1", "DOCKER_CERT_PATH": "/certs"}
    assert candidates() == [("DOCKER_HOST", environment)]


def test_without_anything_set_it_is_the_usual_socket() -> None:
    assert candidates() == [("docker context default", {"DOCKER_HOST": "unix:///var/run/docker.sock"})]


def test_the_current_docker_context_comes_before_the_usual_socket(tmp_path: Path) -> None:
    make_context(tmp_path, "desk", "unix:///desk.sock")
    (tmp_path / "config.json").write_text(json.dumps({"currentContext": "desk"}))
    assert candidates() == [
        ("docker context desk", {"DOCKER_HOST": "unix:///desk.sock"}),
        ("the usual socket", {"DOCKER_HOST": "unix:///var/run/docker.sock"}),
    ]


def test_docker_context_chooses_another_context_and_its_certificates(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_context(tmp_path, "far", "tcp://far:2376")
    tls = add_tls(tmp_path, "far")
    (tmp_path / "config.json").write_text("{}")
    monkeypatch.setenv("DOCKER_CONTEXT", "far")
    environment = {"DOCKER_HOST": "tcp://far:2376", "DOCKER_TLS_VERIFY": "1", "DOCKER_CERT_PATH": str(tls)}
    assert candidates()[0] == ("docker context far", environment)


@pytest.mark.parametrize(
    "host",
    [
        "http://[::1",
        "desk",
        "tcp://desk",
        "tcp://desk:port",
        "tcp://desk:99999",
        "gopher://desk:1",
        "ssh://",
        "ssh://u@:1",
    ],
)
def test_an_address_that_cannot_be_read_is_refused_with_its_source(monkeypatch: pytest.MonkeyPatch, host: str) -> None:
    monkeypatch.setenv("DOCKER_HOST", host)
    with pytest.raises(WrongAddress, match=f"^DOCKER_HOST is no address of an engine: `{re.escape(host)}`"):
        reachable([], ExitStack())


@pytest.mark.parametrize(
    "host",
    ["unix:///run/docker.sock", "tcp://desk:2376", "http://desk:2375", "ssh://me@desk", "ssh://desk:22/run/d.sock"],
)
def test_an_address_that_can_be_read_is_taken(host: str) -> None:
    check_address("DOCKER_HOST", host)


def test_a_context_that_is_not_there_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOCKER_CONTEXT", "nosuch")
    with pytest.raises(WrongAddress, match=r"^DOCKER_CONTEXT names no context: `nosuch`"):
        candidates()


def test_a_context_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text('{"currentContext": 3}')
    with pytest.raises(WrongAddress, match=r"^the docker context that is in use can't be read"):
        candidates()


def test_what_does_not_answer_is_noted_with_its_reason(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOCKER_HOST", f"unix://{tmp_path}/nobody.sock")
    tried: list[str] = []
    with ExitStack() as stack:
        assert reachable(tried, stack) is None
    assert tried == [f"DOCKER_HOST (unix://{tmp_path}/nobody.sock): No such file or directory"]


def test_without_an_engine_and_the_right_to_start_one_the_two_ways_out_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DOCKER_HOST", f"unix://{tmp_path}/nobody.sock")
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with pytest.raises(NoEngine) as caught, outer_engine(print):
        raise AssertionError("there is none")
    lines = str(caught.value).splitlines()
    assert lines[0] == "No Docker engine answers, and none may be started here."
    assert lines[1] == f"  DOCKER_HOST (unix://{tmp_path}/nobody.sock): No such file or directory"
    assert lines[2:] == engine.WAYS_OUT.splitlines()


# What is installed on the machine of these tests, and whether it is enabled: files of the folder units. `started` has
# what was started. Packages bring their units enabled and start them, as dh_installsystemd has them do.
SYSTEMCTL = """\
[ "$1" = --quiet ] && shift
case $1 in
    is-enabled) cat "$MACHINE/units/$2" 2>/dev/null || { echo not-found; exit 4; } ;;
    disable) echo disabled >"$MACHINE/units/$2" ;;
esac
"""
INVOKE = """\
[ "$1" = start ] && echo "$2" >>"$MACHINE/started"
"""
APT = """\
[ "$2" = update ] && exit
for word; do case $word in DPkg::Path=*) word=${word#*=}; PATH=${word%%:*}:$PATH ;; esac; done
for unit in docker.socket docker.service containerd.service tidy.service; do
    [ -e "$MACHINE/units/$unit" ] || echo enabled >"$MACHINE/units/$unit"
    deb-systemd-invoke start "$unit"
done
"""


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine with systemd, whose apt-get brings Docker's units and another one."""
    (tmp_path / "units").mkdir()
    (tmp_path / "temporary").mkdir()
    (tmp_path / "started").touch()
    for name, script in (("systemctl", SYSTEMCTL), ("deb-systemd-invoke", INVOKE), ("apt-get", APT)):
        write_program(tmp_path / name, script)
    monkeypatch.setenv("MACHINE", str(tmp_path))
    monkeypatch.setenv("TMPDIR", str(tmp_path / "temporary"))
    monkeypatch.setattr("tempfile.tempdir", None)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    return tmp_path


def write_program(path: Path, script: str) -> None:
    path.write_text(f"#!/bin/sh\n{script}")
    path.chmod(0o755)


def units(machine: Path) -> dict[str, str]:
    return {path.name: path.read_text().strip() for path in sorted((machine / "units").iterdir())}


HELD = {"containerd.service": "disabled", "docker.service": "disabled", "docker.socket": "disabled"}


def test_the_systems_engine_that_comes_with_the_package_is_neither_started_nor_enabled(machine: Path) -> None:
    said: list[str] = []
    engine.apt_install("docker.io", said.append)
    assert units(machine) == {**HELD, "tidy.service": "enabled"}
    assert (machine / "started").read_text().split() == ["tidy.service"]
    assert said[1:] == [
        "docker.io stays installed after the run; the system's own engine was not started and is not enabled"
    ]
    assert list((machine / "temporary").iterdir()) == []


def test_a_unit_that_was_there_before_is_left_as_it_is(machine: Path) -> None:
    (machine / "units" / "containerd.service").write_text("enabled\n")
    engine.apt_install("docker.io", print)
    assert units(machine) == {**HELD, "containerd.service": "enabled", "tidy.service": "enabled"}
    assert (machine / "started").read_text().split() == ["containerd.service", "tidy.service"]


def test_what_came_before_apt_failed_is_not_enabled_either(machine: Path) -> None:
    write_program(machine / "apt-get", APT + 'echo "E: the disk is full"; exit 100\n')
    with pytest.raises(NoEngine) as caught:
        engine.apt_install("docker.io", print)
    assert units(machine) == {**HELD, "tidy.service": "enabled"}
    assert str(caught.value).splitlines()[:2] == [
        "`apt-get --quiet install --yes --no-install-recommends docker.io` failed.",
        "E: the disk is full",
    ]
    assert list((machine / "temporary").iterdir()) == []


# An installation that has begun says in which session it runs, and goes on when it may: the test says when.
WAITING = """\
[ "$2" = update ] && exit
cut -d ' ' -f 6 /proc/self/stat >"$MACHINE/begun"
until [ -e "$MACHINE/go" ]; do sleep 0.05; done
"""


def test_ctrl_c_waits_for_the_end_of_an_installation(machine: Path) -> None:
    write_program(machine / "apt-get", WAITING + APT)
    Thread(target=press_ctrl_c, args=[machine]).start()

    def go_on(line: str) -> None:
        said.append(line)
        if "end" in line:
            (machine / "go").touch()

    said: list[str] = []
    with pytest.raises(KeyboardInterrupt):
        engine.apt_install("docker.io", go_on)
    assert said[1:] == ["the installation is brought to its end first"]
    # A terminal sends Ctrl-C to all that runs on it, and this doesn't.
    assert int((machine / "begun").read_text()) != os.getsid(0)
    assert units(machine) == {**HELD, "tidy.service": "enabled"}
    assert list((machine / "temporary").iterdir()) == []


def press_ctrl_c(machine: Path) -> None:
    wait_for((machine / "begun").exists)
    time.sleep(0.1)
    os.kill(os.getpid(), signal.SIGINT)


def test_an_installation_comes_to_its_end_where_the_run_is_killed(machine: Path) -> None:
    write_program(machine / "apt-get", WAITING + APT)
    program = "from harness.lab.outer import engine; engine.apt_install('docker.io', print)"
    run = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.DEVNULL)
    wait_for((machine / "begun").exists)
    run.send_signal(signal.SIGKILL)
    run.wait()
    (machine / "go").touch()
    wait_for(lambda: units(machine) == {**HELD, "tidy.service": "enabled"})
    wait_for(lambda: list((machine / "temporary").iterdir()) == [])


def wait_for(true: Callable[[], bool]) -> None:
    until = time.monotonic() + 30
    while not true():
        assert time.monotonic() < until
        time.sleep(0.05)


def test_a_package_is_announced_before_it_is_installed_and_a_failure_quotes_apt(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    apt = tmp_path / "apt-get"
    apt.write_text('#!/bin/sh\necho "$@"\necho "E: no such package" >&2\nexit 100\n')
    apt.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    said: list[str] = []
    with pytest.raises(NoEngine) as caught:
        engine.apt_install("docker.io", said.append)
    assert said == ["installing docker.io from this machine's distribution (apt-get), system-wide"]
    assert str(caught.value).splitlines()[:3] == [
        "`apt-get --quiet update` failed.",
        "--quiet update",
        "E: no such package",
    ]
