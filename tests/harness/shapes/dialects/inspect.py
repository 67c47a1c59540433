"""docker inspect, docker network inspect"""

import re
from collections.abc import Sequence

from harness.claims.commands import Command, parse
from harness.shapes.policies import Dialect, Policy, Rewrite
from harness.shapes.policies.typed import Typed, programs

_CHECK = r'\{"Start":[^{}]*\}'
_CHECKS = re.compile(rf"{_CHECK}(?:,{_CHECK})+")
_TIME = re.compile(r"\d{4}-[01]\d-[0-3]\dT[0-9:.]{8,18}")
_KILLED = re.compile(r"(?:true|false) 137|137 (?:true|false)")
_ENTRY = """\
{{
    "Containers": {{
        "{}": {{
            "Name": "{}"
        }},
        "{}": {{
            "Name": "{}"
        }}
    }}
}}"""
_MOUNT = re.compile(r'\{"Type":"[a-z]{1,20}",[^{}]*\}')
_MOUNT_LIST = re.compile(rf"{_MOUNT.pattern}(?:,{_MOUNT.pattern})+")
_BIND = """\
        {
            "Type": "bind",
            "Source": "/home/reader/drop",
            "Destination": "/drop"
        }"""
_VOLUME = """\
        {
            "Type": "volume",
            "Name": "shelf",
            "Destination": "/shelf"
        }"""
_MOUNTS = '{{\n    "Mounts": [\n{},\n{}\n    ]\n}}'
_BIND_LINE = '{"Type":"bind","Source":"/home/reader/drop","Destination":"/drop","Mode":"","RW":true}'
_VOLUME_LINE = '{"Type":"volume","Name":"shelf","Source":"/var/lib/docker/volumes/shelf/_data","Destination":"/shelf"}'
_UNNAMED = '{{"Type":"volume","Name":"{0}","Source":"/var/lib/docker/volumes/{0}/_data","Destination":"/logs"}}'
_LONG_ID = re.compile(r"[0-9a-f]{64}")
_OF_GO = re.compile(r"\{(?:bind|tmpfs|volume) [^{}]*\}")
_LIST_OF_GO = re.compile(rf"{_OF_GO.pattern}(?: {_OF_GO.pattern})+")
_BIND_OF_GO = "{bind  /home/reader/drop /drop   true rprivate}"
_VOLUME_OF_GO = "{volume shelf /var/lib/docker/volumes/shelf/_data /shelf local z true }"
_ALONE = "[\n  {{\n    {}\n  }},\n  {{\n    {}\n  }}\n]"
_FOUND = '            "Source": "{}",'
_LOG = '{{\n    "Log": [\n{}\n    ]\n}}'
_RUN = '        {\n            "Start": "2026-11-24T11:42:55.682836524Z",\n            "ExitCode": 1\n        }'
_ONE_LINE = '{"Start":"2026-11-24T11:42:55.68Z","End":"2026-11-24T11:42:56.75Z","ExitCode":1,"Output":""}'


def _in_order(mounts: str) -> str:
    """The mounts in an order in which the made-up name of a volume doesn't count."""
    return ",".join(sorted(_MOUNT.findall(mounts), key=lambda mount: _LONG_ID.sub("", mount)))


def _in_order_of_go(mounts: str) -> str:
    return " ".join(sorted(_OF_GO.findall(mounts), key=lambda mount: _LONG_ID.sub("", mount)))


def _finds_mounts(command: Command) -> bool:
    return command.program == "grep" and any(word in ("Destination", "Source") for word in command.arguments)


def _each_check_once(text: str) -> str:
    """The text with one of several checks that follow each other and are the same but for their times."""
    return _CHECKS.sub(lambda found: ",".join(_alike_once(re.findall(_CHECK, found[0]))), text)


def _alike_once(checks: list[str]) -> list[str]:
    alike = [_TIME.sub("", check) for check in checks]
    return [check for index, check in enumerate(checks) if index == 0 or alike[index] != alike[index - 1]]


def _has_limit(commands: Sequence[str]) -> bool:
    """Whether a container that the last command names was given a limit of memory."""
    named = {name for one in programs(commands[-1]) for name in one.arguments} if commands else set()
    runs = (one for command in commands for one in parse(command) if one.plain_name in ("docker run", "docker create"))
    return any(one.has("-m", "--memory") and named & {*one.options.get("--name", ())} for one in runs)


ROWS = (
    Dialect(
        name="containers of a network",
        lines=r' {1,40}"[0-9a-f]{64}": \{',
        policy=Policy.ENTRIES,
        seen=((_ENTRY.format("a" * 64, "r1", "c" * 64, "r2"), _ENTRY.format("b" * 64, "r2", "d" * 64, "r1")),),
        damaged=(('"r2"', '"r3"'), ('"Name"', '"Nome"')),
        typed="docker network inspect mynet",
    ),
    Dialect(
        name="mounts that a program of jq takes out",
        lines=r" {1,40}\{",
        under=r" {0,40}\[",
        policy=Policy.ENTRIES,
        command=Typed("jq", word=".Mounts"),
        seen=((_ALONE.format('"Name": "a"', '"Name": "b"'), _ALONE.format('"Name": "b"', '"Name": "a"')),),
        damaged=(('"a"', '"c"'), ('"Name"', '"Nome"')),
        typed="docker inspect reader | jq '.[0].Mounts'",
    ),
    Dialect(
        name="runs of a health check, and mounts",  # these come from a map of Go
        lines=r" {1,40}\{",
        under=r' {1,40}"(?:Log|Mounts)": \[',
        policy=Policy.ENTRIES,
        once=True,
        seen=(
            (_LOG.format(",\n".join([_RUN] * 2)), _LOG.format(",\n".join([_RUN] * 3))),
            (_MOUNTS.format(_BIND, _VOLUME), _MOUNTS.format(_VOLUME, _BIND)),
        ),
        damaged=(
            ('"ExitCode": 1', '"ExitCode": 0'),
            ('"Log"', '"Logs"'),
            ('"/drop"', '"/drap"'),
            (f",\n{_BIND}", ""),
        ),
        typed="docker inspect sick",
    ),
    Rewrite(
        name="mounts, on one line",
        sign='"Destination":',
        write=lambda text: _MOUNT_LIST.sub(lambda found: _in_order(found[0]), text),
        seen=(
            (f"[{_BIND_LINE},{_VOLUME_LINE}]", f"[{_VOLUME_LINE},{_BIND_LINE}]"),
            (f"[{_VOLUME_LINE},{_UNNAMED.format('e6' * 32)}]", f"[{_UNNAMED.format('1a' * 32)},{_VOLUME_LINE}]"),
        ),
        damaged=(('"/drop"', '"/drap"'), (f",{_BIND_LINE}", "")),
        typed="docker inspect -f '{{json .Mounts}}' reader",
    ),
    Rewrite(
        name="mounts, as Go writes them",
        sign="} {",
        write=lambda text: _LIST_OF_GO.sub(lambda found: _in_order_of_go(found[0]), text),
        seen=((f"[{_BIND_OF_GO} {_VOLUME_OF_GO}]", f"[{_VOLUME_OF_GO} {_BIND_OF_GO}]"),),
        damaged=(("/drop", "/drap"), (f" {_BIND_OF_GO}", "")),
        typed="docker inspect -f '{{.Mounts}}' reader",
    ),
    Dialect(
        name="lines of mounts that grep finds",
        lines=r'\s*"?(?:Destination|Source)"?: ?"?/.*',
        policy=Policy.SET,
        command=lambda command: any(map(_finds_mounts, programs(command))),
        seen=(
            (
                f"{_FOUND.format('/drop')}\n{_FOUND.format('/shelf')}",
                f"{_FOUND.format('/shelf')}\n{_FOUND.format('/drop')}",
            ),
        ),
        damaged=(("/drop", "/drap"), (f"{_FOUND.format('/shelf')}\n", ""), ("Source", "Sauce")),
        typed="docker inspect reader | grep Source",
    ),
    Dialect(
        name="mounts, one a line",
        policy=Policy.SET,
        command=lambda command: any("range .Mounts" in word for one in programs(command) for word in one.words),
        seen=(("bind /drop rw=false\nvolume /shelf rw=true", "volume /shelf rw=true\nbind /drop rw=false"),),
        damaged=(("/drop", "/drap"), ("bind /drop rw=false", "")),
        typed="docker inspect -f '{{range .Mounts}}{{.Type}} {{.Destination}} rw={{.RW}}{{println}}{{end}}' reader",
    ),
    Rewrite(
        name="runs of a health check, on one line",
        sign='"Start":',
        write=_each_check_once,
        seen=((f'{{"Log":[{_ONE_LINE}]}}', f'{{"Log":[{_ONE_LINE},{_ONE_LINE.replace("11:42", "11:49")}]}}'),),
        damaged=(('"ExitCode":1', '"ExitCode":2'),),
        typed="docker inspect -f '{{json .State.Health}}' sick",
    ),
    Rewrite(
        name="whether memory ran out: the kernel may tell too late",
        sign="137",
        write=lambda text: re.sub("true|false", "killed", text) if _KILLED.fullmatch(text) else text,
        command=lambda command: any(".State.OOMKilled" in one.asks_for for one in programs(command)),
        history=_has_limit,
        seen=(("true 137", "false 137"), ("137 true", "137 false")),
        damaged=(("137", "0"), ("false", "none"), ("false 137", "137 false")),
        typed="docker run --name oom -m 20m busybox tail /dev/zero; "
        "docker inspect -f '{{.State.OOMKilled}} {{.State.ExitCode}}' oom",
    ),
)
