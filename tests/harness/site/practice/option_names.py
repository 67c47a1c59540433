"""The long names of short options, so that practice takes `-d` and `--detach` for one.

Their sources are those of claims/options.py.
"""

_RUN = {
    "-a": "--attach",
    "-c": "--cpu-shares",
    "-d": "--detach",
    "-e": "--env",
    "-h": "--hostname",
    "-i": "--interactive",
    "-l": "--label",
    "-m": "--memory",
    "-P": "--publish-all",
    "-p": "--publish",
    "-t": "--tty",
    "-u": "--user",
    "-v": "--volume",
    "-w": "--workdir",
}
_FILTERED = {"-a": "--all", "-f": "--filter"}
_FORCE = {"-f": "--force"}
_FORMAT = {"-f": "--format"}
_STOP = {"-t": "--timeout", "--time": "--timeout", "-s": "--signal"}
_TAILED = {"-f": "--follow", "-n": "--tail", "-t": "--timestamps"}
_CURL = "-f --fail, -H --header, -I --head, -L --location, -o --output, -s --silent, -S --show-error, -d --data"

# By the command's shortest name; "" is every command of docker that has no other here.
LONG: dict[str, dict[str, str]] = {
    "": {"-q": "--quiet", "-a": "--all", "-f": "--force", "-H": "--host"},
    "docker": {"-H": "--host", "-c": "--context", "-l": "--log-level", "-D": "--debug", "-v": "--version"},
    "docker attach": {},
    "docker build": {"-f": "--file", "-t": "--tag", "-o": "--output", "-m": "--memory"},
    "docker commit": {"-a": "--author", "-c": "--change", "-m": "--message", "-p": "--pause"},
    "docker compose": {"-f": "--file", "-p": "--project-name"},
    "docker compose down": {"-t": "--timeout", "-v": "--volumes"},
    "docker compose exec": _RUN,
    "docker compose logs": _TAILED,
    "docker compose ps": {"-a": "--all"},
    "docker compose restart": {"-t": "--timeout"},
    "docker compose rm": {"-f": "--force", "-s": "--stop", "-v": "--volumes"},
    "docker compose run": _RUN,
    "docker compose stop": {"-t": "--timeout"},
    "docker compose up": {"-d": "--detach", "-t": "--timeout", "-V": "--renew-anon-volumes", "-y": "--yes"},
    "docker create": _RUN,
    "docker events": {"-f": "--filter"},
    "docker exec": _RUN,
    "docker export": {"-o": "--output"},
    "docker images": _FILTERED,
    "docker import": {"-c": "--change", "-m": "--message"},
    "docker info": _FORMAT,
    "docker inspect": {"-f": "--format", "-s": "--size"},
    "docker kill": {"-s": "--signal"},
    "docker load": {"-i": "--input", "-q": "--quiet"},
    "docker login": {"-u": "--username", "-p": "--password"},
    "docker logs": _TAILED,
    "docker network create": {"-d": "--driver"},
    "docker network inspect": {"-f": "--format", "-v": "--verbose"},
    "docker network ls": _FILTERED,
    "docker ps": {**_FILTERED, "-l": "--latest", "-n": "--last", "-q": "--quiet", "-s": "--size"},
    "docker pull": {"-a": "--all-tags", "-q": "--quiet"},
    "docker restart": _STOP,
    "docker rm": {"-f": "--force", "-l": "--link", "-v": "--volumes"},
    "docker rmi": _FORCE,
    "docker run": _RUN,
    "docker save": {"-o": "--output"},
    "docker search": {"-f": "--filter"},
    "docker start": {"-a": "--attach", "-i": "--interactive"},
    "docker stop": _STOP,
    "docker update": {"-c": "--cpu-shares", "-m": "--memory"},
    "docker version": _FORMAT,
    "docker volume create": {"-d": "--driver"},
    "docker volume inspect": _FORMAT,
    "docker volume ls": _FILTERED,
    "curl": dict(pair.split() for pair in _CURL.split(", ")),
    "head": {"-n": "--lines", "-c": "--bytes"},
    "ls": {"-a": "--all"},
    "mkdir": {"-p": "--parents"},
    "rm": {"-f": "--force", "-r": "--recursive", "-R": "--recursive"},
    "tail": {"-n": "--lines", "-f": "--follow", "-c": "--bytes"},
}

# Programs whose short options take no value, but for what claims/options.py knows: they may stand in one word.
PLAIN_FLAGS = {"cp": "", "ls": "", "mkdir": "-m --mode"}
