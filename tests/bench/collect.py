"""Collects what an engine prints for a list of commands, in fresh labs, for tests/bench/shapes.py. Run by hand.

    PYTHONPATH=tests python tests/bench/collect.py --engine 28 --runs 3 [--commands FILE] FOLDER

Types the commands (tests/bench/commands.txt unless told another of the lists there) and writes
FOLDER/ENGINE-runN.jsonl, a JSON object for each command: id, command, text (as the harness takes it from the screen),
exit_code, engine, version, run, and in `files` those that were written unseen before it, which a page would show. What
could not be followed to its end has `error` instead of a text, and no exit code.
The images are the stand-ins, wherever this is run; what the commands call 172.17.0.1:5000 is their registry, and :5001
is one that asks for a password.
"""

import argparse
import dataclasses
import json
import re
import secrets
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import docker

from harness.lab.archive import tar
from harness.lab.engines import Engine
from harness.lab.host import HOME as LAB_HOME
from harness.lab.host import TerminalError
from harness.lab.lab_images import build_lab_image
from harness.lab.labs import Lab, find, lab
from harness.lab.lanes import Lane
from harness.lab.mirror import Mirror, mirror
from harness.lab.outer.engine import connect, outer_engine
from harness.lab.outer.faults import LabError
from harness.lab.outer.runs import labels
from harness.lab.packing import STANDIN, packed
from harness.lab.standins import CREATED, FOLDER, build_standin
from harness.lab.terminal import terminal
from harness.project import LABS

COMMANDS = Path(__file__).with_name("commands.txt")
HOME = Path(__file__).with_name("home")  # the files that the commands name
TIMEOUT = 120  # seconds for one command
BEGAN = "/run/unseen"  # as old as the last unseen command
REGISTRIES = ("172.17.0.1:5000", "172.17.0.1:5001")
LINE = re.compile(r"(?P<id>\S+) +(?:(?P<user>\w*)\$|(?P<bare>\|)) (?P<command>.*)")
# What a command that is then typed into may wait with: a container's shell, a password, a question.
HIDDEN = "Password: "
WAITING = re.compile(r"\[root@\w+ [^\]\r\n]*\]# |root@\w+:[^#\r\n]*# |" + HIDDEN + r"|Are you sure [^\r\n]*\[y/N\] ")
# Not ^P^Q: the terminal of a lab is itself an exec on the outer engine, which would leave that one.
KEYS = {"^X": "\x18"}

# alice's password is `secret`.
PASSWORDS = "alice:$2b$05$wQZpgdSR6ZNRQG12rVZ6eubn2uj8.Xlj/hrzgOkR7Ip845Dv4FjKW"
ASKING = f"""\
echo '{PASSWORDS}' > /etc/distribution/passwords
export REGISTRY_AUTH=htpasswd REGISTRY_AUTH_HTPASSWD_REALM=lab REGISTRY_AUTH_HTPASSWD_PATH=/etc/distribution/passwords
exec registry serve /etc/distribution/config.yml"""

AGES = {
    **{f"m{minutes}": timedelta(minutes=minutes) for minutes in (5, 59)},
    **{f"h{hours}": timedelta(hours=hours) for hours in (1, 2, 30, 47)},
    **{f"d{days}": timedelta(days=days) for days in (2, 13, 20, 59, 70, 400, 800)},
}


@dataclass(frozen=True)
class Command:
    """One line of commands.txt, and what is typed into what it opens."""

    id: str
    user: str
    has_terminal: bool
    line: str
    inputs: list[str] = dataclasses.field(default_factory=list)

    @property
    def is_unseen(self) -> bool:
        return self.id == "!"


def read_commands(text: str, engine: str) -> list[Command]:
    """The commands for an engine, in order. ValueError where a line is none."""
    commands: list[Command] = []
    text = text.replace("COMPOSE ", "docker-compose " if engine == "20.10" else "docker compose ")
    for line in text.splitlines():
        if line.startswith(" "):
            commands[-1].inputs.append(line.strip())
        elif line.startswith("!"):
            commands.append(Command("!", "root", False, line[1:].strip()))
        elif found := LINE.fullmatch(line):
            commands.append(Command(found["id"], found["user"] or "reader", not found["bare"], found["command"]))
        elif line and not line.startswith("#"):
            raise ValueError(f"no command: {line}")
    return commands


def run(running: Lab, command: Command) -> dict[str, object]:
    """What became of a command: `text` and `exit_code`, or `error`."""
    if not command.has_terminal:
        status, output = running.exec("bash", "-c", f"cd ~; {command.line}", user=command.user)
        return {"text": output.rstrip("\n"), "exit_code": status}
    try:
        return type_in(running, command)
    except (TerminalError, LabError) as error:
        return {"error": str(error)}


def type_in(running: Lab, command: Command) -> dict[str, object]:
    """Types a command and its inputs on a new terminal; the text has the prompts and the inputs as they are seen."""
    connection = running.open_terminal(command.user)
    with terminal(connection, time.monotonic()) as shell:
        seen: list[str] = []
        typed = [command.line, *command.inputs]
        for number, line in enumerate(typed):
            ran = shell.run(KEYS.get(line, line), WAITING if number < len(typed) - 1 else None, TIMEOUT)
            seen.extend([ran.text] if ran.text else [])
            if ran.status is None:
                seen.append(ran.prompt + ("" if ran.prompt == HIDDEN else typed[number + 1]))
    return {"text": "\n".join(seen), "exit_code": ran.status}


def run_unseen(running: Lab, command: Command) -> dict[str, str]:
    """Runs a command of root's; the texts that it has written into the reader's home."""
    running.exec("touch", BEGAN)
    run(running, command)
    _, listed = running.exec("find", LAB_HOME, "-type", "f", "-newer", BEGAN, "-size", "-64k")
    found = {path.removeprefix(f"{LAB_HOME}/"): running.exec("cat", path)[1] for path in listed.splitlines()}
    return {path: text for path, text in found.items() if not {"\0", "\N{REPLACEMENT CHARACTER}"} & {*text}}


def home() -> dict[str, bytes]:
    """The files that the commands name, by their paths."""
    return {str(path.relative_to(HOME)): path.read_bytes() for path in filter(Path.is_file, HOME.rglob("*"))}


@contextmanager
def prepared_lab(client: docker.DockerClient, engine: Engine) -> Iterator[Lab]:
    """A fresh lab with the files and registries that the commands name."""
    run_id = f"collect-{secrets.token_hex(4)}"
    with mirror(client, run_id, print, lane=Lane.STANDIN) as shared:
        files = filling(client)
        client.containers.get(shared.network).put_archive("/", tar({f"{FOLDER}/{path}": files[path] for path in files}))
        open_ = registry(client, shared, run_id, "exec registry serve /etc/distribution/config.yml", as_registry(files))
        asking = registry(client, shared, run_id, ASKING, {})
        settings = {**engine.daemon, "insecure-registries": list(REGISTRIES)}
        told = dataclasses.replace(engine, daemon=settings)
        image = build_lab_image(client, engine, "engine", print)
        with lab(client, told, image, shared, run_id) as running:
            for path, data in home().items():
                running.write_file(LAB_HOME, path, data)
            # A lab has a network of its own, with the mirror on it.
            [name] = client.containers.get(running.container).attrs["NetworkSettings"]["Networks"]
            try:
                for address, container in zip(REGISTRIES, (open_, asking), strict=True):
                    client.networks.get(name).connect(container)
                    networks = client.containers.get(container).attrs["NetworkSettings"]["Networks"]
                    lead(running, address, networks[name]["IPAddress"])
                yield running
            finally:
                for container in (open_, asking):
                    client.networks.get(name).disconnect(container, force=True)


def lead(running: Lab, registry: str, address: str) -> None:
    """Makes `registry`, an address of the lab's own, mean one elsewhere."""
    host, port = registry.split(":")
    rule = f"-t nat -A OUTPUT -p tcp -d {host} --dport {port} -j DNAT --to-destination {address}:5000"
    status, output = running.exec("iptables", *rule.split())
    if status != 0:
        raise LabError(f"iptables in the lab: {output}")


def filling(client: docker.DockerClient) -> dict[str, bytes]:
    """The stand-ins as the hub has them, and library/ages, an image of many ages."""
    files: dict[str, bytes] = {}
    there: dict[str, dict[str, Any]] = {}
    for folder in sorted(path.parent for path in (LABS / "standins").glob("*/Dockerfile")):
        made = client.images.get(build_standin(client, folder, print))
        saved = b"".join(made.save())
        files |= packed(saved, made.labels[CREATED], made.labels[STANDIN].split(), there)
        if folder.name == "hello-world":
            for name, age in AGES.items():
                created = (datetime.now(UTC) - age).strftime("%Y-%m-%dT%H:%M:%SZ")
                files |= packed(saved, created, [f"ages:{name}"], there)
    return files


def as_registry(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The hub's files -> those of a registry of github.com/distribution/distribution."""
    top = "var/lib/registry/docker/registry/v2"
    found: dict[str, bytes] = {}
    for path, data in files.items():
        kind, _, name = path.partition("/")
        if kind == "blobs":
            found[f"{top}/blobs/sha256/{name[:2]}/{name}/data"] = data
            continue
        repository, _, tag = name.rpartition("/")
        digest = data.decode().removeprefix("sha256:")
        manifest = json.loads(files[f"blobs/{digest}"])
        there = f"{top}/repositories/{repository}"
        found[f"{there}/_manifests/tags/{tag}/current/link"] = data
        found[f"{there}/_manifests/tags/{tag}/index/sha256/{digest}/link"] = data
        found[f"{there}/_manifests/revisions/sha256/{digest}/link"] = data
        for part in (manifest["config"], *manifest["layers"]):
            found[f"{there}/_layers/{part['digest'].replace(':', '/')}/link"] = part["digest"].encode()
    return found


def registry(client: docker.DockerClient, shared: Mirror, run_id: str, script: str, files: Mapping[str, bytes]) -> str:
    """The container of a registry with these files; it goes with the mirror."""
    image = build_standin(client, LABS / "standins" / "registry", print)
    container = client.containers.create(
        image, ["bash", "-c", script], entrypoint=[], network=shared.network, labels=labels(run_id), mem_limit="256m"
    )
    container.put_archive("/", tar(files))
    container.start()
    return str(container.id)


def collect(client: docker.DockerClient, engine: Engine, listed: Path, number: int, folder: Path) -> None:
    """One run of the listed commands in one lab; its file is complete or not there."""
    commands = read_commands(listed.read_text(encoding="utf-8"), engine.name)
    records = []
    files = {path: data.decode() for path, data in home().items()}
    began = time.monotonic()
    with prepared_lab(client, engine) as running:
        version = running.engine_version()
        for command in commands:
            if command.is_unseen:
                files |= run_unseen(running, command)
                continue
            found = run(running, command)
            if "error" in found:
                print(f"{command.id}: {found['error']}")
            where = {"engine": engine.name, "version": version, "run": number, "files": files}
            records.append({"id": command.id, "command": command.line, **found, **where})
            files = {}
    lines = [json.dumps(record, ensure_ascii=False) for record in records]
    (folder / f"{engine.name}-run{number}.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{engine.name}, run {number}: {len(records)} commands in {time.monotonic() - began:.0f} s", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--engine", required=True, help="one of tests/labs/engines.toml")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--commands", type=Path, default=COMMANDS, help="the list to type")
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    with outer_engine(print) as environment, closing(connect(environment)) as client:
        for number in range(1, options.runs + 1):
            collect(client, find(options.engine), options.commands, number, options.folder)


if __name__ == "__main__":
    main()
