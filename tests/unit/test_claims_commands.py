"""What a typed line is parsed as: which programs it runs, with which options, and what they do."""

import random

import pytest

from harness.claims.commands import Command, parse


def one(text: str) -> Command:
    """The only command of a text."""
    [command] = parse(text)
    return command


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("docker save web | docker load", ["docker save", "docker load"]),
        ("docker ps && psql -c x; curl -s a & ls", ["docker ps", "psql", "curl", "ls"]),
        ("sudo -u nobody docker ps", ["docker ps"]),
        ("sudo --user nobody docker ps", ["docker ps"]),
        ("env -i A=1 docker ps", ["docker ps"]),
        ("A=1 docker ps", ["docker ps"]),
        ("time -p docker ps", ["docker ps"]),
        ("timeout -k 5 60 docker wait web", ["docker wait"]),
        ("timeout 60 sh -c 'until docker ps; do sleep 1; done'", ["docker ps", "sleep"]),
        ("sudo bash -ec 'docker ps; ls'", ["docker ps", "ls"]),
        ("ash -o pipefail -ec 'docker ps | ls'", ["docker ps", "ls"]),
        ("docker ps -q | xargs -n 1 docker rm", ["docker ps", "docker rm"]),
        ("docker stop $(docker ps -q)", ["docker stop", "docker ps"]),
        ("echo `docker ps -q`", ["echo", "docker ps"]),
        ('sudo sh -c "docker rm $(docker ps -q)"', ["docker rm", "docker ps"]),
        ("ids=$(docker ps -q)", ["docker ps"]),
        ("cat > a <<EOF\ndocker ps $(docker info)\nEOF\nls", ["cat", "docker info", "ls"]),
        ("cat > a <<'EOF'\ndocker ps $(docker info)\nEOF\nls", ["cat", "ls"]),
        ("docker ps > list 2>&1 < /dev/null", ["docker ps"]),
        ("for n in $(seq 3); do docker ps; done", ["seq", "docker ps"]),
        ("if ! docker ps; then { ls; }; fi", ["docker ps", "ls"]),
        ("(cd a && /usr/bin/docker ps)", ["cd", "docker ps"]),
        ("echo 'docker run'", ["echo"]),
        ("sudo usermod -aG docker $USER", ["usermod"]),
        ("command -v docker", ["command"]),
        ("sudo -i", ["sudo"]),
        ("# docker ps", []),
        ("", []),
    ],
)
def test_every_program_that_a_line_runs_is_found_in_order(text: str, names: list[str]) -> None:
    assert [command.name for command in parse(text)] == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("docker rm 'web", ["docker rm"]),
        ('docker rm "$(docker ps -q', ["docker rm", "docker ps"]),
        ("echo `docker ps", ["echo", "docker ps"]),
        ("docker ps |", ["docker ps"]),
        ("cat <<EOF\nno end", ["cat"]),
        ("docker run \\", ["docker run"]),
        ("sh -c", ["sh"]),
        ("timeout 60", ["timeout"]),
        ("docker compose -f", ["docker compose"]),
    ],
)
def test_an_unfinished_line_is_what_is_there(text: str, names: list[str]) -> None:
    assert [command.name for command in parse(text)] == names


def test_no_text_is_refused() -> None:
    pieces = ["docker ", "sh -c ", "$(", ")", "`", "'", '"', "\\", "\n", "<<EOF", "EOF", "{", "|", "&", ">", "-f", " "]
    chance = random.Random(1)
    for _ in range(2000):
        assert isinstance(parse("".join(chance.choices(pieces, k=12))), tuple)


def test_a_command_knows_the_programs_that_start_it() -> None:
    assert [command.within for command in parse("sudo timeout 9 sh -c 'docker ps'; ls")] == [
        ("sudo", "timeout", "sh"),
        (),
    ]


# -- names


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("docker --context other -H=unix:///a --debug ps -a", "docker ps"),
        ("docker compose -f a.yaml --profile x up -d", "docker compose up"),
        ("docker-compose -p shop up -d", "docker compose up"),
        ("docker buildx --builder x du", "docker buildx du"),
        ("docker buildx imagetools inspect web", "docker buildx imagetools inspect"),
        ("docker image ls", "docker image ls"),
        ("docker rnu web", "docker rnu"),
        ("docker -v", "docker"),
    ],
)
def test_a_name_is_the_program_and_its_subcommand_without_options(text: str, name: str) -> None:
    assert one(text).name == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("docker container ls", "docker ps"),
        ("docker container list", "docker ps"),
        ("docker image ls", "docker images"),
        ("docker image rm web", "docker rmi"),
        ("docker container run web", "docker run"),
        ("docker image inspect web", "docker inspect"),
        ("docker buildx build .", "docker build"),
        ("docker system events", "docker events"),
        ("docker container prune", "docker container prune"),
        ("docker network list", "docker network ls"),
        ("docker ps", "docker ps"),
        ("curl a", "curl"),
    ],
)
def test_a_management_command_has_a_plain_name_as_well(text: str, name: str) -> None:
    assert one(text).plain_name == name


# -- options and arguments


@pytest.mark.parametrize(
    ("text", "options", "arguments"),
    [
        ("docker run -it --rm nginx ls -d", {"-i": (), "-t": (), "--rm": ()}, ("nginx", "ls", "-d")),
        ("docker run -dp 80:80 -v/a:/b nginx", {"-d": (), "-p": ("80:80",), "-v": ("/a:/b",)}, ("nginx",)),
        ("docker run -e A=1 -e B=2 nginx", {"-e": ("A=1", "B=2")}, ("nginx",)),
        ("docker run --name=web --network shop nginx", {"--name": ("web",), "--network": ("shop",)}, ("nginx",)),
        ("docker container run -m 4m nginx", {"-m": ("4m",)}, ("nginx",)),
        ("docker rm web -fv", {"-f": (), "-v": ()}, ("web",)),
        ("docker ps -a --format '{{.ID}}'", {"-a": (), "--format": ("{{.ID}}",)}, ()),
        ("docker ps -aqf name=web", {"-a": (), "-q": (), "-f": ("name=web",)}, ()),
        ("docker build -f a --pull -t web .", {"-f": ("a",), "--pull": (), "-t": ("web",)}, (".",)),
        ("docker volume inspect -f '{{.Name}}' a", {"-f": ("{{.Name}}",)}, ("a",)),
        ("docker load -i=a.tar", {"-i": ("a.tar",)}, ()),
        ("docker exec -u root web id -u", {"-u": ("root",)}, ("web", "id", "-u")),
        ("docker compose exec -T db psql -U me", {"-T": ()}, ("db", "psql", "-U", "me")),
        ("docker rm -- -f", {}, ("-f",)),
        ("docker run", {}, ()),
        ("docker run --name", {"--name": ()}, ()),
        ("docker -v", {"-v": ()}, ()),
        ("curl -so a --retry 3 b", {"-s": (), "-o": ("a",), "--retry": ("3",)}, ("b",)),
        ("ls -la --color=never a", {"-la": (), "--color": ("never",)}, ("a",)),
        ("dockerd -dH a", {"-dH": ()}, ("a",)),
        ("docker run -dit=false -", {"-d": (), "-i": (), "-t": ("false",)}, ("-",)),
        ("docker start --attach web", {"--attach": ()}, ("web",)),
        ("docker compose up --no-attach db", {"--no-attach": ("db",)}, ()),
    ],
)  # fmt: skip
def test_options_are_told_from_their_values_and_from_arguments(
    text: str, options: dict[str, tuple[str, ...]], arguments: tuple[str, ...]
) -> None:
    assert (one(text).options, one(text).arguments) == (options, arguments)


def test_options_before_the_subcommand_stand_apart() -> None:
    command = one("docker compose -f shop.yaml logs --tail 5 db")
    assert (command.global_options, command.options) == ({"-f": ("shop.yaml",)}, {"--tail": ("5",)})


@pytest.mark.parametrize(
    ("text", "has"),
    [
        ("docker run -d web", True),
        ("docker run --detach web", True),
        ("docker run --detach=true web", True),
        ("docker run --detach=false web", False),
        ("docker run web ls -d", False),
    ],
)
def test_an_option_is_given_by_any_of_its_names_unless_it_is_switched_off(text: str, *, has: bool) -> None:
    assert one(text).has("-d", "--detach") == has


# -- what a command does


@pytest.mark.parametrize(
    "text",
    [
        "docker logs -f web",
        "docker logs --tail 5 --follow web",
        "docker container logs -tf web",
        "docker compose logs -f",
        "docker-compose up",
        "docker compose -f shop.yaml up web",
        "docker events",
        "docker system events --since 10m",
        "docker stats web",
        "docker attach web",
        "docker exec web tail -f /a",
        "docker run --rm busybox sh -c 'ls; tail -F /a'",
        "timeout -s INT 2 docker logs -f loop",
        "tail -5f /a",
        "ping db",
        "watch -n 1 docker ps -a",
    ],
)
def test_a_command_that_prints_until_it_is_interrupted_follows(text: str) -> None:
    assert one_that_prints(text).follows


@pytest.mark.parametrize(
    "text",
    [
        "docker logs web",
        "docker logs --tail 2 clock",
        "docker compose -f logs.yaml logs db",
        "docker exec web ls logs",
        "docker compose up -d",
        "docker compose up --wait",
        "docker events --since 4s --until 0s",
        "docker stats --no-stream",
        "docker run -d busybox tail -f /a",
        "docker ps -f name=web",
        "cat attach.txt",
        "tail -n 1 /a",
        "ping -c 1 db",
        "ping -c1 db",
    ],
)
def test_a_command_that_ends_by_itself_does_not_follow(text: str) -> None:
    assert not one_that_prints(text).follows


def one_that_prints(text: str) -> Command:
    return parse(text)[-1]


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("docker inspect -f '{{.State.Pid}} {{.State.ExitCode}}' web", (".State.Pid", ".State.ExitCode")),
        ("docker ps --format 'table {{.Names}}\\t{{.Ports}}'", (".Names", ".Ports")),
        ("docker network inspect a --format '{{range .Containers}}{{.Name}}{{end}}'", (".Containers", ".Name")),
        ("docker inspect -f '{{(index .State.Health.Log 0).Output}}' web", (".State.Health.Log", ".Output")),
        ("docker inspect -f '{{range $n, $net := .Networks}}{{$n}} {{$net.MacAddress}}{{end}}' w", (".Networks",)),
        ("docker inspect -f '{{join .Args \", .x\"}}' web", (".Args",)),
        ("docker info --format '{{json .}}'", (".",)),
        ("docker ps --format json", ()),
        ("docker build -f .docker/a .", ()),
        ("echo '{{.State.Pid}}'", ()),
    ],
)
def test_a_command_asks_for_the_fields_of_its_template_in_order(text: str, fields: tuple[str, ...]) -> None:
    assert one(text).asks_for == fields


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("docker run -it centos bash", ("bash",)),
        ("docker run --rm -v/a:/b busybox ls -d", ("ls", "-d")),
        ("docker run --entrypoint sh nginx -c ls", ("sh", "-c", "ls")),
        ("docker exec -e A=1 web sh -c 'ls; id'", ("sh", "-c", "ls; id")),
        ("docker compose -f a.yaml exec -T db psql -U me", ("psql", "-U", "me")),
        ("docker-compose run --rm web id", ("id",)),
        ("docker run nginx", None),
        ("docker start web", None),
        ("ls", None),
    ],
)
def test_what_runs_in_a_container_is_a_command_too(text: str, words: tuple[str, ...] | None) -> None:
    inner = one(text).inner
    assert (inner and inner.words) == words


@pytest.mark.parametrize(
    ("text", "programs"),
    [
        ("docker exec web sh -c 'ls; id'", ["ls", "id"]),
        ("docker run --rm busybox find /w", ["find"]),
        ("docker ps", ["docker"]),
        ("ls", ["ls"]),
    ],
)
def test_the_commands_at_work_are_those_in_the_container_where_there_is_one(text: str, programs: list[str]) -> None:
    assert [command.program for command in one(text).at_work] == programs


def test_what_a_container_s_shell_runs_is_found_behind_it() -> None:
    inner = one("docker exec db timeout 9 sh -c 'until pg_isready; do sleep 1; done'").inner
    assert inner
    assert [command.name for command in inner.unwrapped] == ["pg_isready", "sleep"]


@pytest.mark.parametrize(
    ("text", "shells"),
    [
        ("docker run -it centos bash", "other"),
        ("docker container exec -it web sh", "other"),
        ("docker attach 588ec8830392; ls", "other"),
        ("docker start -ai web", "other"),
        ("docker-compose -f a.yaml exec db sh", "other"),
        ("ssh host", "other"),
        ("newgrp docker", "other"),
        ("bash -l", "other"),
        ("sudo -i", "root's"),
        ("sudo -s", "root's"),
        ("sudo su - $USER", "root's"),
        ("ls && su", "root's"),
        ("sudo -E bash", "root's"),
        ("sudo docker exec -it web bash", "other"),
        ("docker ps", "none"),
        ("sudo docker ps", "none"),
        ("echo docker run", "none"),
        ("sh build.sh", "none"),
        ("sh -c 'docker ps'", "none"),
        ("curl -fsSL https://get.docker.com | sudo sh", "none"),
    ],
)
def test_a_command_may_open_another_shell(text: str, shells: str) -> None:
    any_shell = any(command.may_open_shell for command in parse(text))
    root_shell = any(command.may_open_root_shell for command in parse(text))
    assert {(True, True): "root's", (True, False): "other", (False, False): "none"}[any_shell, root_shell] == shells


@pytest.mark.parametrize("opening", ["$(", '"$('])
def test_substitutions_may_be_nested_without_end(opening: str) -> None:
    assert parse("echo " + opening * 5000)[0].program == "echo"
