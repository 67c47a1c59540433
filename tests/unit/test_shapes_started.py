"""What a container runs is read from the commands and files of the page."""

import pytest

from harness.claims.commands import parse
from harness.shapes import Bindings, compare
from harness.shapes.started import Shown, read, shown

_DOCKERFILE = """\
FROM gcc:15 AS build
CMD ["make"]

FROM python:3.14-slim
COPY --chmod=755 roll.py /usr/local/bin/roll
COPY a.txt b.txt /srv/
ENTRYPOINT ["roll", \\
            "--once"]
CMD ["6"]
"""
_COMPOSE = """\
services:
  plain:
    image: busybox
    command: sh -c 'echo $$RANDOM'
  built:
    build: dice
    container_name: dice
  other:
    build: {context: dice, dockerfile: Dockerfile.shell}
    entrypoint: ["timeout", "9"]
    restart: always
  named:
    image: dice
  idle:
    image: redis:8
"""
_FILES = {
    "dice/Dockerfile": _DOCKERFILE,
    "dice/Dockerfile.shell": "FROM busybox\nCMD shuf -i 1-6\n",
    "compose.yaml": _COMPOSE,
    "bad.yaml": "services: [",
    "list.yaml": "- services",
    "odd.yaml": 'services:\n  web: nginx\n  quoted:\n    command: "sh -c \'echo"\n',
}


def _shown(*commands: str) -> list[Shown]:
    """What the last of the commands shows of programs in containers."""
    started = read(commands, tuple(_FILES.items()))
    return [found for command in parse(commands[-1]) for found in shown(command, started)]


@pytest.mark.parametrize(
    ("commands", "expected"),
    [
        (["docker build -t dice dice", "docker run --rm dice"], "roll.py --once 6"),
        (["docker build -t dice ./dice/", "docker run --rm dice 20"], "roll.py --once 20"),
        (["cd dice && docker build -t dice .", "docker run --rm dice"], "roll.py --once 6"),
        (["docker build -t dice dice", "docker run --rm --entrypoint cat dice /srv/a.txt"], "cat /srv/a.txt"),
        (["docker build -t dice -f dice/Dockerfile.shell dice", "docker run dice"], "sh -c 'shuf -i 1-6'"),
        (["docker build -t dice nowhere", "docker run dice"], ""),
        (["docker run -d --name clock busybox date", "docker logs clock"], "date"),
        (["docker create --name clock busybox date", "docker start -a clock"], "date"),
        (
            ["docker build -t dice dice", "docker run -d --name one dice", "docker logs --tail 1 one"],
            "roll.py --once 6",
        ),
    ],
)
def test_a_command_shows_what_the_container_runs(commands: list[str], expected: str) -> None:
    assert [found.code for found in _shown(*commands)] == [expected]


@pytest.mark.parametrize(
    ("commands", "expected"),
    [
        (["docker build -t dice dice", "docker run --rm dice"], True),
        (["docker run -d --name clock busybox date", "docker logs clock"], True),
        (["docker run -d --name clock busybox date", "docker logs -n 2 clock"], False),
        (["docker run -d --name clock --restart always busybox date", "docker logs clock"], False),
        (["docker run --name clock busybox date", "docker restart clock", "docker logs clock"], False),
        (["docker run --name clock busybox date", "docker restart other", "docker logs clock"], True),
        (["docker compose logs built"], False),
        (["docker compose up built"], True),
        (["docker compose up --scale built=2 built"], False),
        (["docker compose up --no-log-prefix built"], False),
        (["docker compose up other"], False),
    ],
)
def test_the_whole_output_of_one_run_is_known_as_such(commands: list[str], expected: bool) -> None:
    assert [found.is_once for found in _shown(*commands)] == [expected]


@pytest.mark.parametrize(
    "commands",
    [
        ["docker build -t dice dice", "docker run -d dice"],
        ["docker build -t dice dice", "docker run --rm other"],
        ["docker run -d --name clock busybox date", "docker logs other"],
        ["docker run -d --name clock busybox date", "docker start clock"],
        ["docker compose up -d"],
        ["cd; docker images"],
    ],
)
def test_another_command_shows_nothing_of_it(commands: list[str]) -> None:
    assert _shown(*commands) == []


def test_compose_shows_each_line_behind_the_name_of_its_service() -> None:
    expected = [
        Shown("sh -c 'echo $RANDOM'", r"plain[-_]\d+ +\| "),
        Shown("roll.py --once 6", r"dice +\| "),
        Shown("timeout 9", r"other[-_]\d+ +\| "),
        Shown("roll.py --once 6", r"named[-_]\d+ +\| "),
        Shown("", r"idle[-_]\d+ +\| "),
        Shown("", r"quoted[-_]\d+ +\| "),
    ]
    assert _shown("docker build -t dice dice", "docker compose logs") == expected
    assert _shown("docker compose logs --no-log-prefix built") == [Shown("roll.py --once 6")]
    assert _shown("docker compose run --rm built 20") == [Shown("roll.py --once 20", is_once=True)]


def test_what_a_built_image_draws_is_compared_by_its_form() -> None:
    bindings = Bindings()
    bindings.write_file("Dockerfile", "FROM python:3.14\nCOPY roll.py .\nCMD python roll.py\n")
    bindings.write_file("roll.py", "import random\nprint('you rolled', random.randint(1, 6))\n")
    bindings.resolve("docker build -t dice .")
    bindings.resolve("docker run --rm dice")
    assert compare("you rolled 3", "you rolled 5", bindings.copy()) == []
    assert compare("you rolled 3", "you rolled 7", bindings.copy()) != []
    assert compare("you rolled 3", "he rolled 5", bindings.copy()) != []


def test_a_container_that_starts_its_own_image_ends() -> None:
    bindings = Bindings()
    bindings.write_file("Dockerfile", "FROM docker\nCMD docker run --rm dice\n")
    bindings.resolve("docker build -t dice .")
    bindings.resolve("docker run --rm dice")
    assert compare("1", "2", bindings) != []
