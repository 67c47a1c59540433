"""docker images and docker rmi. Images are listed by age, shown or not, so any order is right for equal ages."""

import re
from collections.abc import Sequence

from harness.claims.commands import Command, parse
from harness.shapes.policies import Dialect, Policy, Rewrite
from harness.shapes.policies.typed import Typed

_TABLE = "REPOSITORY   TAG       IMAGE ID       CREATED         SIZE\n{}\n{}"
_NGINX = "nginx        1         11ecf7822319   1 second ago    123MB"
_REDIS = "redis        7         11ecf7822319   1 second ago    117MB"
_TREE = "IMAGE           ID             DISK USAGE   CONTENT SIZE   EXTRA\n{}\n{}"
_CUP = "cup:flat        9d0937c04720       2.07MB             0B"
_TEA = "tea:piped       dd17426c9bea       2.07MB             0B"
_DF = "REPOSITORY   TAG       IMAGE ID       CREATED         SIZE      SHARED SIZE   UNIQUE SIZE   CONTAINERS\n{}\n{}"
_OLD = "nginx        1         11ecf7822319   2 weeks ago     123MB     0B            123MB         0"
_NEW = "redis        7         db4809d09a01   1 second ago    117MB     0B            117MB         0"
_USER = re.compile(r"(?<=\bcontainer )[0-9a-f]{12}(?= is using its referenced image )")
_MAKE = ("docker run", "docker create")
_AGE = re.compile(r"(\d{1,3}|About an?|Less than a) (second|minute|hour|day|week|month|year)s? ago")
_SECONDS = {
    "second": 1, "minute": 60, "hour": 3600, "day": 86400, "week": 7 * 86400, "month": 30 * 86400, "year": 365 * 86400,
}  # fmt: skip
_IN_USE = "unable to delete nginx:latest (must be forced) - container {} is using its referenced image c6a79767eb38"


def _users(commands: Sequence[str]) -> list[tuple[int, Command]]:
    """What made the containers of the images that the last command names, where an image has two or more: the places
    of these commands, and each.
    """
    typed = [(place, one) for place, text in enumerate(commands) for one in parse(text)]
    made = [(place, one) for place, one in typed if one.plain_name in _MAKE and not one.has("--rm")]
    named = [name for place, one in typed if place == len(commands) - 1 for name in one.arguments]
    by_image = [[(place, one) for place, one in made if one.arguments[:1] == (name,)] for name in named]
    return [user for users in by_image if len(users) > 1 for user in users]


def _are_all_shown(commands: Sequence[str]) -> bool:
    """Whether the id of each user was printed when it was made, or all containers were listed later."""
    lists = Typed("docker ps", ("-a", "--all"))
    listed = max((place for place, text in enumerate(commands) if lists(text)), default=0)
    return all(
        place < listed or one.plain_name == "docker create" or one.has("-d", "--detach")
        for place, one in _users(commands)
    )


def _age(row: str) -> str:
    """The age in a row of the table; empty where it has none."""
    found = _AGE.search(row)
    return found[0] if found else ""


def seconds_of(age: str) -> float:
    """How many seconds an age is; 0 where it is none."""
    found = _AGE.fullmatch(age)
    return _SECONDS[found[2]] * int(found[1] if found[1].isdigit() else 1) if found else 0


ROWS = (
    Dialect(
        name="images of one age",
        columns=("TAG", "CREATED"),
        without=("CONTAINER", "SHARED SIZE"),
        policy=Policy.TIED,
        value=lambda line: line.cell("CREATED"),
        rank=lambda line: seconds_of(line.cell("CREATED")),
        seen=((_TABLE.format(_NGINX, _REDIS), _TABLE.format(_REDIS, _NGINX)),),
        damaged=(
            ("redis ", "rediz "),
            ("123MB", "123MX"),
            ("1 second ago", "1 moment ago"),
            ("1 second ago", "9 seconds ago"),
        ),
        typed="docker images",
    ),
    Dialect(
        name="images of one age, behind a tool that has left out the titles",
        command=Typed("docker images"),
        lines=rf"\S+ +\S+ +[0-9a-f]{{12}} +{_AGE.pattern} +\S+",
        policy=Policy.TIED,
        value=lambda line: _age(line.text),
        rank=lambda line: seconds_of(_age(line.text)),
        seen=((f"{_NGINX}\n{_REDIS}", f"{_REDIS}\n{_NGINX}"),),
        damaged=(("redis ", "rediz "), ("123MB", "123MX"), ("1 second ago", "9 seconds ago")),
        typed="docker images | tail -n +2",
    ),
    Dialect(
        name="images of docker system df -v, as they come",
        columns=("TAG", "CREATED", "SHARED SIZE"),
        without=("CONTAINER",),
        policy=Policy.TIED,
        seen=((_DF.format(_OLD, _NEW), _DF.format(_NEW, _OLD)),),
        damaged=(("redis ", "rediz "), ("SHARED SIZE", "SHARES SIZE")),
        typed="docker system df -v",
    ),
    Dialect(
        name="images, without their age",
        command=Typed("docker images", ("-q", "--quiet", "--format")),
        policy=Policy.SET,
        seen=(("nginx\nredis", "redis\nnginx"),),
        damaged=(("redis", "rediz"), ("redis\n", "")),
        typed="docker images --format '{{.Repository}}'",
    ),
    Dialect(
        name="images as a tree",
        command=Typed("docker images", ("--tree",)),
        policy=Policy.SET,
        seen=((_TREE.format(_CUP, _TEA), _TREE.format(_TEA, _CUP)),),
        damaged=(("tea", "ale"), ("dd17426c9bea", "dd17426c9be")),
        typed="docker image ls --tree",
    ),
    Rewrite(
        name="which of its containers, all shown before, is named as the user of an image",
        sign=" is using its referenced image ",
        shown=_USER,
        write=str,
        command=Typed("docker rmi"),
        history=lambda commands: bool(_users(commands)) and _are_all_shown(commands),
        seen=((f"{_IN_USE.format('237ce88d6154')}\n237ce88d6154", f"{_IN_USE.format('cd7415d1ae4c')}\n668cd83005f9"),),
        damaged=(("referenced image", "image"), ("container cd7415d1ae4c", "no container")),
        typed="docker run -d nginx; docker run -d nginx; docker rmi nginx",
    ),
    Rewrite(
        name="which of its containers, some never shown, is named as the user of an image",
        sign=" is using its referenced image ",
        write=lambda text: _USER.sub("of some name", text),
        command=Typed("docker rmi"),
        history=lambda commands: not _are_all_shown(commands),
        seen=((f"{_IN_USE.format('237ce88d6154')}\n237ce88d6154", f"{_IN_USE.format('cd7415d1ae4c')}\n668cd83005f9"),),
        damaged=(("referenced image", "image"), ("container cd7415d1ae4c", "no container")),
        typed="docker run -d nginx; docker run nginx ls; docker rmi nginx",
    ),
)
