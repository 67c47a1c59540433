"""Says of which networks the addresses are that a command shows, and which networks another one removes: for bindings.

docker run -d --name web --network blue nginx
docker exec web hostname -i                         an address of blue
docker network rm blue                              which is gone now; an address of another network is not
"""

from collections.abc import Iterator
from functools import lru_cache

from harness.claims.commands import Command, parse

Networks = frozenset[str]  # empty where nobody knows which
_UNKNOWN: Networks = frozenset()
_PROJECT = "of the project"  # compose's own, whatever it calls it
_EVERYWHERE = frozenset({"bridge"})  # which nobody removes
_NO_NAME = frozenset("$`:")  # signs of what is no network's name: `container:web`
_STARTS = frozenset({"docker run", "docker create"})
_OF_FIRST = frozenset({"docker attach", "docker exec", "docker logs", "docker start"})
_OF_SERVICE = frozenset({"docker compose exec", "docker compose logs", "docker compose run", "docker compose up"})
_END_PROJECTS = frozenset({"docker compose down", "docker stack rm"})
_END_UNUSED = frozenset({"docker network prune", "docker swarm leave", "docker system prune"})
_END_SOME = {"docker network rm", *_END_PROJECTS, *_END_UNUSED}


@lru_cache(maxsize=64)  # one output may show many addresses
def shown(commands: tuple[str, ...]) -> Networks:
    """The networks of which the addresses may be that the last command shows."""
    found: set[str] = set()
    for command in parse(commands[-1]) if commands else ():
        name = command.plain_name
        if name == "docker network inspect":
            there = {*command.arguments}
        elif name in _STARTS:
            there = {*_chosen(command)}
        elif name in _OF_SERVICE:
            there = {_PROJECT}
        elif name == "docker inspect" or name in _OF_FIRST:
            joined = _joined(commands)
            named = command.arguments if name == "docker inspect" else command.arguments[:1]
            there = {network for container in named for network in joined.get(container, ())}
        else:
            continue
        if not there or any(not _NO_NAME.isdisjoint(network) for network in there):
            return _UNKNOWN
        found |= there
    return frozenset(found)


def are_removed(networks: Networks, commands: tuple[str, ...]) -> bool:
    """Whether the last command may have removed one of these networks."""
    ends = [command for command in parse(commands[-1]) if command.plain_name in _END_SOME]
    made = _made(commands) if ends else _UNKNOWN
    return any(_removes(command, networks, made) for command in ends)


def _removes(command: Command, networks: Networks, made: Networks) -> bool:
    is_known = bool(networks)
    if command.plain_name == "docker network rm":
        is_another = made.issuperset(command.arguments) and networks.isdisjoint(command.arguments)
        return not (is_known and is_another)
    if command.plain_name in _END_PROJECTS:
        return not (is_known and networks <= made | _EVERYWHERE)
    return not (is_known and networks <= _EVERYWHERE)


def _made(commands: tuple[str, ...]) -> Networks:
    """The networks that the page has made by hand."""
    found = (one for text in commands for one in parse(text) if one.plain_name == "docker network create")
    return frozenset(name for one in found for name in one.arguments[-1:])


def _joined(commands: tuple[str, ...]) -> dict[str, list[str]]:
    """The networks that containers were put into, by the containers' names."""
    found: dict[str, list[str]] = {}
    for command in (one for text in commands for one in parse(text)):
        if command.plain_name in _STARTS:
            found.update((name, [*_chosen(command)]) for name in command.options.get("--name", ()))
        elif command.plain_name == "docker network connect" and len(command.arguments) == 2:
            network, container = command.arguments
            found.setdefault(container, []).append(network)
    return found


def _chosen(command: Command) -> Iterator[str]:
    """The networks that a container is started in: `--network blue`, `--network name=blue,ip=10.9.0.2`."""
    for value in command.options.get("--network", command.options.get("--net", ())) or _EVERYWHERE:
        fields = dict(field.partition("=")[::2] for field in value.split(","))
        yield fields.get("name", value)
