"""An engine behind ssh is reached over a forwarded socket, and a refusal says what ssh says."""

from pathlib import Path

import pytest
from docker.errors import DockerException

from harness.lab.outer.tunnel import command, tunnel


@pytest.mark.parametrize(
    ("host", "arguments"),
    [
        ("ssh://far", ["-L", "/s:/var/run/docker.sock", "--", "far"]),
        ("ssh://me@far:2222", ["-p", "2222", "-L", "/s:/var/run/docker.sock", "--", "me@far"]),
        ("ssh://far/run/user/1000/docker.sock", ["-L", "/s:/run/user/1000/docker.sock", "--", "far"]),
    ],
)
def test_the_address_says_user_port_and_socket(host: str, arguments: list[str]) -> None:
    assert command(host, Path("/s"))[6:] == arguments


@pytest.fixture
def fake_ssh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    program = tmp_path / "ssh"
    program.touch(mode=0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    return program


def test_the_tunnel_is_there_while_it_is_used_and_gone_afterwards(fake_ssh: Path) -> None:
    """$7 is -L's argument; a real ssh stays until it is ended."""
    fake_ssh.write_text('#!/bin/sh\ntouch "${7%%:*}"\nexec sleep 600\n')
    with tunnel("ssh://far") as environment:
        socket = Path(environment["DOCKER_HOST"].removeprefix("unix://"))
        assert socket.exists()
    assert not socket.exists()


def test_where_ssh_does_not_connect_its_own_words_are_given(fake_ssh: Path) -> None:
    fake_ssh.write_text('#!/bin/sh\necho "far: Permission denied (publickey)." >&2\nexit 255\n')
    with (
        pytest.raises(DockerException, match=r"ssh does not connect: far: Permission denied \(publickey\)"),
        tunnel("ssh://far"),
    ):
        raise AssertionError("it connected")
