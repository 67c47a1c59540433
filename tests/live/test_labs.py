"""A lab is a whole Docker host that knows nothing of the machine it runs on."""

import re
import socket
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace

import docker
import pytest

from harness.claims.shell_kinds import BASH
from harness.lab.host import HOME, TerminalError
from harness.lab.lab_images import build_lab_image
from harness.lab.labs import Lab, find, lab
from harness.lab.mirror import Mirror
from harness.lab.outer.faults import LabError
from live.conftest import OpenLab

END = re.compile(rb"\x1b\]133;D;(\d+)(?:;aid=\w+)?\x07\x1b\]7;file://docker-note/[^\x07]*\x07([$#] )$")


@pytest.fixture(scope="module")
def shared(open_lab: OpenLab) -> Iterator[Lab]:
    """A lab for tests that leave it as it is."""
    with open_lab() as running:
        yield running


def waiting(folder: str, sign: str) -> bytes:
    """What a shell of the lab shows when a command has ended well."""
    return f"\x1b]133;D;0\x07\x1b]7;file://docker-note{folder}\x07{sign} ".encode()


def until_prompt(terminal: socket.socket, end: re.Pattern[bytes] = END) -> bytes:
    terminal.settimeout(60)
    seen = b""
    while not end.search(seen):
        more = terminal.recv(65536)
        assert more, f"the terminal was closed after {seen!r}"
        seen += more
    return re.sub(rb";aid=\w+", b"", seen)  # each lab's own


def typed(terminal: socket.socket, command: str) -> tuple[str, int, str]:
    """What a command prints, its status and the prompt after it, by the marks alone."""
    terminal.sendall(command.encode() + b"\r")
    seen = until_prompt(terminal)
    output = re.search(rb"\x1b\]133;C\x07(.*)\x1b\]133;D;", seen, re.DOTALL)
    end = END.search(seen)
    assert output, f"no mark before the output in {seen!r}"
    assert end is not None
    return output[1].decode(), int(end[1]), end[2].decode()


def test_a_lab_has_an_engine_that_answers_its_reader(shared: Lab) -> None:
    status, output = shared.exec("docker", "info", "--format", "{{.ServerVersion}} {{.Name}}", user="reader")
    assert (status, output) == (0, f"{shared.engine_version()} docker-note\n")
    assert shared.engine_version().startswith("28.")


def test_a_lab_runs_the_engine_that_was_asked_for(open_lab: OpenLab) -> None:
    with open_lab(engine="28c") as running:
        assert running.engine_version().startswith("28.")
        driver = running.exec("docker", "info", "--format", "{{.Driver}} {{.DriverStatus}}")
        assert driver == (0, "overlayfs [[driver-type io.containerd.snapshotter.v1]]\n")


def test_an_engine_that_cannot_be_built_here_is_refused_with_its_reason(client: docker.DockerClient) -> None:
    nowhere = replace(find("29"), archive="https://packages.invalid/debian")
    with pytest.raises(LabError, match=r"engine 29 is only declared here: .* needs the internet \(packages.invalid\)"):
        build_lab_image(client, nowhere, "engine", print)


def test_an_image_that_the_outer_engine_does_not_have_is_refused_by_name(client: docker.DockerClient) -> None:
    with pytest.raises(LabError, match="has no image `docker-note/no-such:1`, which is to be the lab of engine 29"):
        build_lab_image(client, find("29"), "no-engine", print, "docker-note/no-such:1")


@pytest.mark.parametrize(
    ("shell", "prompt"),
    [
        ("true", "$ "),  # the terminal's own login shell
        ("bash", "$ "),
        ("bash --login", "$ "),
        ("sudo -i", "# "),
        ("sudo -s", "# "),
        ("sudo su", "# "),
        ("sudo su -", "# "),
        ("sudo su - reader", "$ "),
    ],
)
def test_every_shell_has_a_bare_prompt_and_marks_what_a_command_prints(shared: Lab, shell: str, prompt: str) -> None:
    terminal = shared.open_terminal("reader")
    until_prompt(terminal)
    assert typed(terminal, shell) == ("", 0, prompt)
    assert typed(terminal, "echo one; echo two >&2; (exit 3)") == ("one\r\ntwo\r\n", 3, prompt)
    assert typed(terminal, "stty size; echo $LANG $TERM") == ("50 200\r\nC.UTF-8 xterm-256color\r\n", 0, prompt)
    assert typed(terminal, "env | grep -c -e PROMPT -e PS0 -e 133") == ("0\r\n", 1, prompt)


def test_a_terminal_starts_with_nothing_but_the_first_prompt(shared: Lab) -> None:
    assert until_prompt(shared.open_terminal("reader")).lstrip(b"\r\n") == waiting("/home/reader", "$")
    assert until_prompt(shared.open_terminal("root")).lstrip(b"\r\n") == waiting("/root", "#")


def test_a_terminal_is_the_readers_and_starts_at_home(shared: Lab) -> None:
    terminal = shared.open_terminal("reader")
    until_prompt(terminal)
    assert typed(terminal, "pwd; echo $USER $HOME; id -Gn")[0] == (
        "/home/reader\r\nreader /home/reader\r\nreader docker\r\n"
    )


@pytest.mark.parametrize("command", ["cat", "docker run --rm -i busybox cat", "docker run --rm -it busybox cat"])
def test_a_program_that_waits_for_input_is_told(shared: Lab, command: str) -> None:
    shared.exec("docker", "pull", "busybox")
    with (
        shared.open_shell(BASH, "reader", time.monotonic()) as shell,
        pytest.raises(TerminalError, match="waits for input, which the page does not give"),
    ):
        shell.run(command, None, 60)


@pytest.mark.parametrize(
    ("command", "shown"),
    [
        ("sleep 7; echo done", "done"),
        ("docker run --rm -i busybox sh -c 'sleep 7; echo done; exec cat' < /dev/null", "done"),
        ("docker run --rm -i busybox sh -c 'exec 2>&1; timeout 7 cat; echo done'", "Terminated\ndone"),
    ],
)
def test_a_program_that_is_slow_is_not_taken_for_one_that_waits(shared: Lab, command: str, shown: str) -> None:
    shared.exec("docker", "pull", "busybox")
    with shared.open_shell(BASH, "reader", time.monotonic()) as shell:
        assert shell.run(command, None, 60).text == shown


def test_a_command_may_go_on_over_lines_with_the_usual_second_prompt(shared: Lab) -> None:
    terminal = shared.open_terminal("reader")
    until_prompt(terminal)
    terminal.sendall(b"cat << END\rline\rEND\r")
    shown = b"cat << END\r\n> line\r\n> END\r\n\x1b]133;C\x07line\r\n"
    assert shown + waiting("/home/reader", "$") in until_prompt(terminal)


def test_two_terminals_of_a_lab_see_the_same_engine(open_used: OpenLab) -> None:
    """As a page's second terminal sees the container whose shell is open in the first."""
    with open_used() as running:
        first, second = running.open_terminal("reader"), running.open_terminal("reader")
        until_prompt(first)
        until_prompt(second)
        assert typed(first, "docker pull -q centos")[:2] == ("docker.io/library/centos:latest\r\n", 0)
        first.sendall(b"docker run -it --name shell centos\r")
        inside = re.search(rb"\[root@([0-9a-f]{12}) /\]# $", until_prompt(first, re.compile(rb"/\]# $")))
        assert inside is not None
        listed = typed(second, "docker ps --filter name=shell --format '{{.ID}} {{.Names}}'")
        assert listed == (f"{inside[1].decode()} shell\r\n", 0, "$ ")
        first.sendall(b"exit\r")
        assert until_prompt(first) == b"exit\r\nexit\r\n" + waiting("/home/reader", "$")


def test_files_are_the_readers_and_their_directories_are_made(shared: Lab) -> None:
    shared.write_file(HOME, "app/static/인덱스.html", b"\0bytes\n")
    shared.write_file(HOME, "Dockerfile", b"FROM scratch\n")
    shown = shared.exec(
        "bash",
        "-c",
        "cd /home/reader && stat --format '%U:%G %a %n' . Dockerfile app app/static/*; wc --bytes < app/static/*",
    )
    assert shown == (
        0,
        "reader:reader 700 .\nreader:reader 644 Dockerfile\nreader:reader 755 app\n"
        "reader:reader 644 app/static/인덱스.html\n7\n",
    )


def test_where_no_engine_is_installed_the_distributions_package_makes_one_run(open_lab: OpenLab) -> None:
    """Rows 1 to 4 of the notes: install, refused without the group, sudo, the group after a new login."""
    with open_lab("no-engine") as running:
        assert running.engine_version() == ""
        assert running.images() == {}
        terminal = running.open_terminal("reader")
        until_prompt(terminal)
        assert typed(terminal, "docker -v") == ("bash: docker: command not found\r\n", 127, "$ ")
        assert typed(terminal, "sudo apt-get update")[1:] == (0, "$ ")
        assert typed(terminal, "sudo apt-get install -y docker.io docker-cli")[1:] == (0, "$ ")
        refused, status, _ = typed(terminal, "docker ps")
        assert refused.startswith("permission denied while trying to connect to the Docker daemon socket")
        assert status == 1
        assert typed(terminal, "sudo docker ps --quiet") == ("", 0, "$ ")
        assert typed(terminal, "sudo usermod -aG docker $USER") == ("", 0, "$ ")
        assert typed(terminal, "sudo su - $USER") == ("", 0, "$ ")
        assert typed(terminal, "docker ps --quiet") == ("", 0, "$ ")
        assert running.engine_version().startswith("28.")


def test_an_engine_that_debian_has_not_stands_behind_the_names_of_its_packages(
    shared: Lab, client: docker.DockerClient, shared_mirror: Mirror, run_id: str
) -> None:
    """A page that installs docker.io gets the engine that is to be checked, from any lab image: here one of 28."""
    engine, given = find("29"), build_lab_image(client, find("28"), "engine", print)
    image = build_lab_image(client, engine, "no-engine", print, given)
    version, compose = (shared.exec("docker", *asked)[1] for asked in (["-v"], ["compose", "version"]))
    with lab(client, engine, image, shared_mirror, run_id) as running:
        assert (running.engine_version(), running.tools()) == ("", {})
        terminal = running.open_terminal("reader")
        until_prompt(terminal)
        assert typed(terminal, "docker -v") == ("bash: docker: command not found\r\n", 127, "$ ")
        assert typed(terminal, "grep docker /etc/group; ls /usr/libexec/docker/cli-plugins")[1] == 2
        assert typed(terminal, "sudo apt-get update")[1] == 0
        assert typed(terminal, "sudo apt-get install -y docker.io")[1] == 0
        assert typed(terminal, "docker -v") == (version.replace("\n", "\r\n"), 0, "$ ")
        assert typed(terminal, "docker compose version")[1] != 0
        refused, status, _ = typed(terminal, "docker ps")
        assert refused.startswith("permission denied while trying to connect to the Docker daemon socket")
        assert status == 1
        assert typed(terminal, "sudo docker ps --quiet") == ("", 0, "$ ")
        assert typed(terminal, "sudo usermod -aG docker $USER; sudo su - $USER") == ("", 0, "$ ")
        assert typed(terminal, "docker ps --quiet") == ("", 0, "$ ")
        assert typed(terminal, "sudo apt-get install -y docker-buildx docker-compose")[1] == 0
        assert typed(terminal, "docker compose version") == (compose.replace("\n", "\r\n"), 0, "$ ")
        assert (running.engine_version(), running.tools()) == (shared.engine_version(), shared.tools())


def test_an_engine_whose_program_is_not_there_is_not_started(open_lab: OpenLab) -> None:
    with open_lab() as running:
        running.exec("sh", "-c", "mv $(command -v dockerd) /root/; kill $(pidof dockerd)")
        running.exec("sh", "-c", "while pidof dockerd; do sleep 0.1; done")
        assert running.exec("/usr/local/lib/lab/start-engine") == (0, "")


def test_an_engine_whose_containerd_is_late_is_started_again(open_lab: OpenLab) -> None:
    late = '#!/bin/bash\nmkdir /root/late 2> /dev/null && sleep 20\nexec /root/containerd "$@"\n'
    with open_lab() as running:
        running.exec("sh", "-c", "kill $(pidof dockerd); while pidof dockerd; do sleep 0.1; done")
        put = 'where=$(command -v containerd); mv $where /root/; printf %s "$1" > $where; chmod +x $where'
        assert running.exec("sh", "-c", put, "sh", late) == (0, "")
        assert running.exec("/usr/local/lib/lab/start-engine") == (0, "")
        assert running.exec("docker", "version", user="reader")[0] == 0


def test_what_comes_beside_an_engine_says_its_version(shared: Lab, open_lab: OpenLab) -> None:
    assert sorted(shared.tools()) == ["buildx", "compose"]
    assert shared.exec("docker", "compose", "version", "--short") == (0, f"{shared.tools()['compose']}\n")
    assert shared.tools()["buildx"] in shared.exec("docker", "buildx", "version")[1]
    with open_lab(engine="20.10") as oldest:
        assert oldest.tools() == {"compose": "1.29.2"}  # a program of its own; Debian had no buildx then


def test_labs_do_not_see_each_other(open_lab: OpenLab) -> None:
    with open_lab() as one, open_lab() as other:
        assert one.exec("docker", "volume", "create", "mine") == (0, "mine\n")
        one.write_file(HOME, "mine", b"")
        assert other.exec("docker", "volume", "ls", "--quiet") == (0, "")
        assert other.exec("ls", "/home/reader") == (0, "")
        one.exec("docker", "run", "-d", "-p", "8080:80", "nginx")
        address = one.exec("hostname", "--ip-address")[1].split()[0]
        reached = other.exec("curl", "--silent", "--max-time", "2", f"http://{address}:8080")
        assert reached == (28, "")  # no answer in that time
        ask = ("curl", "--silent", "--fail", "--retry", "60", "--retry-delay", "1", "--retry-all-errors")
        assert one.exec(*ask, "--output", "/dev/null", f"http://{address}:8080") == (0, "")


def test_a_labs_containers_reach_names_and_networks_of_their_own(open_used: OpenLab) -> None:
    with open_used() as running:
        running.exec("docker", "network", "create", "mynet")
        running.exec("docker", "run", "-d", "--name", "web", "--network", "mynet", "centos", "sleep", "60")
        status, output = running.exec("docker", "run", "--rm", "--network", "mynet", "centos", "getent", "hosts", "web")
        assert (status, output.split()[1]) == (0, "web")
        # the machine's own name servers, not the address in the lab that answers only the lab
        servers = "grep ^nameserver /etc/resolv.conf"
        outside = running.exec("sh", "-c", servers)
        assert "127.0.0." not in outside[1]
        assert running.exec("docker", "run", "--rm", "centos", "sh", "-c", servers) == outside


def test_a_lab_gets_nothing_of_the_machine_it_runs_on(
    shared: Lab, client: docker.DockerClient, shared_mirror: Mirror
) -> None:
    seen = client.api.inspect_container(shared.container)
    volumes = [] if shared_mirror.settings.has_disks else [("volume", "/var/lib/docker")]
    assert [(mount["Type"], mount["Destination"]) for mount in seen["Mounts"]] == volumes
    host = seen["HostConfig"]
    assert (host["Binds"], host["PidMode"], host["IpcMode"], seen["NetworkSettings"]["Ports"]) == (
        None, "", "private", {},
    )  # fmt: skip
    network = client.api.inspect_network(host["NetworkMode"])
    members = sorted(member["Name"] for member in network["Containers"].values())
    assert members == sorted([seen["Name"].lstrip("/"), shared_mirror.network])
    assert [variable.partition("=")[0] for variable in seen["Config"]["Env"] or []] == ["PATH"]
    assert host["Memory"] == host["MemorySwap"] == 3 << 30
    assert host["CpuQuota"] == 2 * host["CpuPeriod"]
    assert host["PidsLimit"] == 4096


def test_a_lab_ends_by_itself_at_its_deadline(open_lab: OpenLab, client: docker.DockerClient) -> None:
    """The first process waits for nothing but a sleep of that length; it is taken away, the lab goes."""
    with open_lab() as running:
        assert running.exec("pgrep", "--full", "--exact", "sleep 3600")[0] == 0
        running.exec("pkill", "--full", "--exact", "sleep 3600")
        with suppress(docker.errors.NotFound):
            client.api.wait(running.container, condition="removed")
        with pytest.raises(docker.errors.NotFound):
            client.api.inspect_container(running.container)


def test_at_the_end_nothing_of_a_lab_is_left(open_lab: OpenLab, client: docker.DockerClient) -> None:
    with open_lab() as running:
        seen = client.api.inspect_container(running.container)
        volumes = [mount["Name"] for mount in seen["Mounts"]]
    for gone in (running.container, seen["HostConfig"]["CgroupParent"].rpartition("/")[2]):
        with pytest.raises((docker.errors.NotFound, docker.errors.NullResource)):
            client.api.inspect_container(gone)
    kept = {volume["Name"] for volume in client.api.volumes()["Volumes"] or []}
    assert kept.isdisjoint(volumes)


def test_a_lab_that_cannot_start_is_a_fault_of_the_lab(
    client: docker.DockerClient, shared_mirror: Mirror, run_id: str
) -> None:

    with (
        pytest.raises(LabError, match="starting a lab: No such image"),
        lab(client, find("28"), "docker-note/not-there:1", shared_mirror, run_id),
    ):
        raise AssertionError("it started")


def test_the_keys_that_leave_a_container_reach_the_lab(open_used: OpenLab) -> None:
    with open_used() as opened:
        terminal = opened.open_terminal("reader")
        until_prompt(terminal)
        terminal.sendall(b"docker run -it --name left centos\n")
        until_prompt(terminal, re.compile(rb"\[root@[0-9a-f]{12} /\]# $"))
        terminal.sendall(b"\x10\x11")
        until_prompt(terminal)
        listed = opened.exec("docker", "ps", "--filter", "name=left", "--format", "{{.Names}} {{.State}}")
        assert listed == (0, "left running\n")
