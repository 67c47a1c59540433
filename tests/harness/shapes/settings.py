"""Says whether a command only shows what somebody has set, so that no size or time in it was measured: for reading.

cat /etc/nginx/nginx.conf                          keepalive_timeout 65s;
docker run --rm app printenv TIMEOUT               30s
docker inspect -f '{{.Config.Healthcheck}}' web    a duration there is no measure
"""

import re
from functools import lru_cache

from harness.claims.commands import Command
from harness.shapes.policies.typed import CACHED, TEXT_TOOLS, programs

_FILE = re.compile(
    r"(?!/proc/|/sys/)(?:\S*/)?"
    r"(?:\.env[\w.-]*|[\w.-]+\.(?:cfg|cnf|conf|env|ini|properties|toml|ya?ml)|Dockerfile[\w.-]*)"
)
_SHOW = frozenset(
    {
        *("docker compose config", "docker inspect", "docker network inspect", "docker service inspect"),
        *("docker volume inspect", "env", "printenv"),
    }
)
_CHECKED = re.compile(r"State(?:\.Health|\W*\Z)")  # what a health check has printed
_ASKED = re.compile(r"\s*show\s", re.IGNORECASE)  # of PostgreSQL


@lru_cache(maxsize=CACHED)
def are_shown(text: str) -> bool:
    """Whether a typed text only shows what somebody has set."""
    sources = [one for one in programs(text) if not (one.inner or one.piped)]
    others = [one for one in programs(text) if one.piped]
    return bool(sources) and all(map(_shows, sources)) and all(one.program in TEXT_TOOLS for one in others)


def _shows(command: Command) -> bool:
    if command.program in TEXT_TOOLS:
        return bool(_FILE.fullmatch(command.words[-1]))
    if command.plain_name.endswith("inspect") and command.plain_name in _SHOW:
        templates = [one for option in ("-f", "--format") for one in command.options.get(option, ())]
        return command.has("--pretty") or any(not _CHECKED.search(one.rstrip("} ")) for one in templates)
    if command.program == "psql":
        return any(map(_ASKED.match, command.words))
    return command.plain_name in _SHOW or (command.program == "nginx" and command.has("-T"))
