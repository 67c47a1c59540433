"""Sorts the words behind a command into its options and its arguments, for claims.commands.

    docker run -dp 80:80 nginx ls -l     ->     -d, -p 80:80     nginx ls -l

The tables say which options take a value. Their sources are `docker COMMAND --help` of docker 28, Docker's manuals of
compose and buildx, and the manual pages of the other programs.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

Options = Mapping[str, tuple[str, ...]]  # as typed -> the values it was given

# Every long option of docker takes a value, except these and those that begin with `--no-`.
_FLAG_NAMES = (
    "--abort-on-container-exit --abort-on-container-failure --all --all-inactive --all-resources --all-tags "
    "--always-recreate-deps --amend --append --archive --attachable --autolock --bootstrap --build --check --cluster "
    "--compatibility --compress --config-only --debug --default --detach --details --digests --disable "
    "--disable-content-trust --dry-run --environment --follow --follow-link --force --force-new-cluster "
    "--force-recreate --force-rm --global --grant-all-permissions --help --human --ignore-buildable "
    "--ignore-pull-failures --ignore-push-failures --images --include-deps --ingress --init --insecure --interactive "
    "--internal --ipv4 --ipv6 --json --keep-daemon --keep-state --latest --leave --leave-running --load --local "
    "--lock-image-digests --menu --oom-kill-disable --orphans --password-stdin --pause --pretty --print --privileged "
    "--profiles --prune --publish-all --purge --push --quiet --quiet-build --quiet-pull --raw --read-only "
    "--remove-orphans --renew-anon-volumes --resolve-image-digests --rm --rollback --rotate --service-ports --services "
    "--short --sig-proxy --size --skip-interpolation --skip-remote-check --squash --stop --timestamps --tls "
    "--tlsverify --tree --tty --use --use-aliases --use-api-socket --variables --verbose --version --volumes --wait "
    "--watch --with-dependencies --with-registry-auth --yes"
)
_FLAGS = frozenset(_FLAG_NAMES.split())
_NO_FLAGS = frozenset({"--no-attach", "--no-cache-filter"})
# Flags of one command that share their name with an option of another command, which takes a value.
_FLAGS_OF = {
    "docker start": "--attach",
    "docker rm": "--link",
    "docker build": "--pull",
    "docker compose build": "--pull",
}

# The short options of docker's commands that take a value. `ls` and `inspect` have -f, other commands not here none.
_LETTERS = {
    "docker": "Hcl",
    "docker build": "cfmto",
    "docker buildx bake": "f",
    "docker commit": "acm",
    "docker compose": "fp",
    "docker compose build": "m",
    "docker compose config": "o",
    "docker compose down": "t",
    "docker compose exec": "euw",
    "docker compose kill": "s",
    "docker compose logs": "n",
    "docker compose restart": "t",
    "docker compose run": "elnpuvw",
    "docker compose stop": "t",
    "docker compose up": "t",
    "docker config create": "l",
    "docker create": "acehlmpuvw",
    "docker events": "f",
    "docker exec": "euw",
    "docker export": "o",
    "docker images": "f",
    "docker import": "cm",
    "docker info": "f",
    "docker kill": "s",
    "docker load": "i",
    "docker login": "pu",
    "docker logs": "n",
    "docker network create": "do",
    "docker node ps": "f",
    "docker ps": "fn",
    "docker restart": "st",
    "docker run": "acehlmpuvw",
    "docker save": "o",
    "docker search": "f",
    "docker secret create": "dl",
    "docker service create": "elpuw",
    "docker service logs": "n",
    "docker service ps": "f",
    "docker service update": "uw",
    "docker stack config": "c",
    "docker stack deploy": "c",
    "docker stack ps": "f",
    "docker stack services": "f",
    "docker stop": "st",
    "docker update": "cm",
    "docker version": "f",
    "docker volume create": "do",
}

# Of other programs: the options that take a value. The short options of a program that isn't here are left as typed.
_OTHERS = {
    "ash": "-o",
    "awk": "-F -f -v --assign --field-separator --file",
    "base64": "-w --wrap",
    "bash": "-O -o",
    "curl": "-A -b -c -d -e -F -H -m -o -T -u -w -X -x --connect-timeout --data --header --max-time --output --request "
    "--retry --retry-delay --retry-max-time --user",
    "cut": "-b -c -d -f --bytes --characters --delimiter --fields",
    "dash": "-o",
    "date": "-d -r -s --date --reference --set",
    "env": "-C -S -u --chdir --split-string --unset",
    "exec": "-a",
    "command": "",
    "head": "-c -n --bytes --lines",
    "nice": "-n",
    "nohup": "",
    "od": "-A -j -N -t --address-radix --format --read-bytes --skip-bytes",
    "ps": "-C -G -g -o -p -t -U -u --format --group --pid --ppid --sort --user",
    "ping": "-c -I -i -m -p -Q -S -s -t -W -w",
    "rm": "",
    "setsid": "",
    "sh": "-o",
    "stat": "-c --format --printf",
    "stdbuf": "-e -i -o",
    "sort": "-k -o -S -T -t --key --output",
    "su": "-C -c -g -G -s -w --command --group --shell",
    "sudo": "-C -D -g -h -p -R -r -T -t -U -u --chdir --group --host --prompt --user",
    "tail": "-c -n -s --bytes --lines --pid --sleep-interval",
    "timeout": "-k -s --kill-after --signal",
    "watch": "-n --interval",
    "wget": "-O -o -P --output-document",
    "xargs": "-a -d -E -I -L -n -P -s",
    "xxd": "-c -g -l -o -s",
    "zsh": "-o",
}
# Their first argument ends their options: what follows belongs to the program that they run.
_RUNS_ANOTHER = {
    *("docker run", "docker create", "docker exec", "docker compose run", "docker compose exec"),
    *("ash", "bash", "command", "dash", "env", "exec", "nice", "nohup", "setsid", "sh", "stdbuf", "sudo", "timeout"),
    *("watch", "xargs", "zsh"),
}


def tables() -> dict[str, Any]:
    """What is known here of options, for who reads commands in another language: docs/assets/practice/."""
    return {
        "flags": sorted(_FLAGS),
        "noFlags": sorted(_NO_FLAGS),
        "flagsOf": _FLAGS_OF,
        "letters": _LETTERS,
        "others": dict(_OTHERS),
        "runsAnother": sorted(_RUNS_ANOTHER),
    }


def read_options(
    name: str, words: Sequence[str], *, before_arguments: bool
) -> tuple[dict[str, tuple[str, ...]], tuple[str, ...]]:
    """The options among the words behind the command `name` (`docker ps`, `curl`), and its arguments.

    Short options in one word are taken apart, for docker and the programs known here; `-p80:80` and `--name=web` give
    their value. With `before_arguments` the first argument ends the options.
    """
    options: dict[str, tuple[str, ...]] = {}
    arguments: list[str] = []
    rest = list(words)
    while rest:
        word = rest.pop(0)
        if word == "--":
            return options, (*arguments, *rest)
        if not word.startswith("-") or word == "-":
            arguments.append(word)
            if before_arguments or name in _RUNS_ANOTHER:
                return options, (*arguments, *rest)
            continue
        for option, value in _options(name, word, rest):
            options[option] = options.get(option, ()) + (() if value is None else (value,))
    return options, tuple(arguments)


def _options(name: str, word: str, rest: list[str]) -> Iterator[tuple[str, str | None]]:
    """(option, value or None) of the options in a word. A value in the next word is taken out of `rest`."""
    if word.startswith("--"):
        option, equals, value = word.partition("=")
        yield option, value if equals else _next(rest) if _takes_value(name, option) else None
    elif not _is_docker(name) and name not in _OTHERS:
        yield word, None
    else:
        yield from _letters(name, word[1:], rest)


def _letters(name: str, letters: str, rest: list[str]) -> Iterator[tuple[str, str | None]]:
    """`-dp 80:80`, `-dp80:80`, `-dp=80:80`: -d and -p."""
    for index, letter in enumerate(letters, 1):
        behind = letters[index:]
        if _takes_value(name, f"-{letter}"):
            yield f"-{letter}", behind.removeprefix("=") if behind else _next(rest)
            return
        if behind.startswith("="):
            yield f"-{letter}", behind[1:]
            return
        yield f"-{letter}", None


def _is_docker(name: str) -> bool:
    return name.partition(" ")[0] == "docker"


def _takes_value(name: str, option: str) -> bool:
    if not _is_docker(name):
        return option in _OTHERS.get(name, "").split()
    if option.startswith("--"):
        flag = option in _FLAGS or option.startswith("--no-") or option in _FLAGS_OF.get(name, "").split()
        return option in _NO_FLAGS or not flag
    default = "f" if name.endswith((" ls", " inspect")) or name == "docker inspect" else ""
    return option[1] in _LETTERS.get(name, default)


def _next(rest: list[str]) -> str | None:
    return rest.pop(0) if rest else None
