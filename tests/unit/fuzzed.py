"""What anybody may write, for the fuzz: outputs, commands, sessions, pages, orders to a terminal, JSON."""

import json
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

# Whatever means something somewhere: to a table, a build, a fence, a shell, a browser.
_WORDS = """\
CONTAINER ID|IMAGE|COMMAND|CREATED|STATUS|PORTS|NAMES|588ec8830392|67a0a9af86f4|centos:latest|"bash"|Up 5 seconds
Exited (0) 33 seconds ago|0.0.0.0:8080->80/tcp|172.17.0.2|12.3MB|100MiB / 1GiB|0.5s|7%|2026-11-24T00:00:00Z|...|---+---
priceless_swartz|[+] Building 0.1s (2/2) FINISHED| => [internal] load|#1 DONE 0.0s|{|}|[|]|"Id": "|true|---|===|-|+|:|=
'|`|```|$|#|\\|한글|\t|  |     |^C|[125]|> |$ |# |/ # |[y/N] |<script>|&lt;|\x1b[31m|\u202e|PGDATA|Pulling fs layer
sha256:4b825dc642cb6eb9a060e54bf8d69288fbee4904bf8d69288fbee4904bf8d69b"""
_COMMANDS = """\
docker ps -a|docker logs -f web|docker run -d -p 8080:80 -m 100m nginx|docker inspect -f '{{.State.Pid}}' web
docker build .|docker compose up|echo "$(docker ps -q)"|timeout 3 docker stats|psql -c 'x'|while true; do date; done"""
_PROMPTS = ["$ ", "# ", "> ", "/ # ", "[root@588ec8830392 /]# ", ">>> ", "... ", ""]
_MARKUP = """\
``` console|```|    ```|~~~~|``` title="x/"|``` console title="터미널 2"|<!--|-->|--8<-- "a.console"|--8<-- "../x"
# 제목 {#a}|---|timeout: x|title: "\\u202e"|machine: [|unchecked:|  a: b|&#8238;|- x|> x|\x0b|--8<--|--8<-- "LONG\""""
_SENT = ["\n", "\r", "\b", "\t", "\x0e", "\x9b2J", "\x1b]0;x\x07", "\x1b]0;x", "\x1bP", "e\u0301", "한", "\u200b"]
_SIGNS = "'\"\\$(){}[]|;&<>#`*?=,.:-%@!~ \\n\\tabN019"  # of a command
_ASCII = st.characters(min_codepoint=0x20, max_codepoint=0x7E)


def _one_of(words: str) -> st.SearchStrategy[str]:
    return st.sampled_from([word for line in words.split("\n") for word in line.split("|")])


def _joined(parts: st.SearchStrategy[str], most: int, by: str = "") -> st.SearchStrategy[str]:
    return st.lists(parts, max_size=most).map(by.join)


UTF8 = st.text(st.characters(codec="utf-8"), max_size=12)
ANY = st.text(st.characters(), max_size=12)  # halves of a character, too
WORDS = _one_of(_WORDS)
OUTPUTS = _joined(_joined(WORDS | UTF8, 6, " ") | _joined(WORDS, 6), 8, "\n")
COMMANDS = _one_of(_COMMANDS) | st.just("cat << END\nx\nEND") | OUTPUTS
SESSIONS = _joined(st.builds("{}{}\n{}\n".format, st.sampled_from(_PROMPTS), COMMANDS, OUTPUTS) | OUTPUTS, 4)
PAGES = _joined(_one_of(_MARKUP.replace("LONG", "x" * 300)).map("{}\n".format) | SESSIONS, 8)
_NUMBERS = _joined(st.sampled_from(["", "0", "1", "2", "48", "200", "9" * 5000, "?", "4"]), 4, ";")
ORDERS = _joined(
    st.builds("\x1b[{}{}".format, _NUMBERS, _ASCII)
    | st.builds("\x1b{}".format, _ASCII)
    | st.sampled_from(_SENT)
    | UTF8,
    30,
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | ANY | WORDS,
    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(ANY, inside, max_size=3),
    max_leaves=6,
)

_INSTRUCTIONS = st.sampled_from(["FROM", "COPY", "ADD", "RUN", "CMD", "ENTRYPOINT", "EXPOSE"])
_COPIED = '--platform=x|--from=base|--from=|base|a.py|.|/srv/|AS|[]|["a.py"]|["a.py", "/b.py"]|[1]|"|*|\\\n'
_DOCKERFILES = _joined(st.builds("{} {}\n".format, _INSTRUCTIONS, _joined(_one_of(_COPIED), 4, " ")), 6)
_CODE = """\
print([os.getpid(), 5])|print("%d of %d" % (os.getpid(), 5))|print("{}{}".format(1))|print(f"{x")|print(sorted(
",".join([str(i) for i in x])|print(*[1, os.getpid()], sep="-")|while True:|    time.sleep(1)|cat << END|printf '%d' $$
console.log(`${process.pid} 1`)|console.log([process.pid, 5].join())|puts "#{$$} 5"|echo $RANDOM "$(date)"|done|)|}|'"""
_COMPOSE: dict[str, Any] = {
    "services": {
        "web": {
            "build": {"context": "./web", "dockerfile": "Dockerfile"},
            "entrypoint": "python",
            "command": ["/b.py"],
            "volumes": ["./a.py:/b.py", {"source": "./a.py", "target": "/b.py"}],
            "configs": ["greeting", {"source": "greeting", "target": "/greeting"}],
        }
    },
    "configs": {"greeting": {"content": "hello"}},
}


@st.composite
def poisoned(draw: st.DrawFn, written: Any) -> Any:
    """JSON of a known form, with something else in up to three places."""
    changed = json.loads(json.dumps(written))
    for _ in range(draw(st.integers(1, 3))):
        *above, last = draw(st.sampled_from(_places(changed)[1:]))
        inside = changed
        for name in above:
            inside = inside[name]
        inside[last] = draw(JSON | st.sampled_from([0, 1, 99, "", "x", "..", "28", []]))
    return changed


def _places(written: Any, here: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The way to each value in it."""
    inside = written.items() if isinstance(written, dict) else enumerate(written) if isinstance(written, list) else ()
    return [here, *(place for name, value in inside for place in _places(value, (*here, name)))]


@cache
def _cases() -> list[dict[str, Any]]:
    """The cases of the verdict in which something is typed."""
    files = sorted(Path(__file__).with_name("verdict_cases").glob("*.toml"))
    cases = [case for file in files for case in tomllib.loads(file.read_text(encoding="utf-8"))["case"]]
    return [case for case in cases if case["commands"] and all(case["commands"])]


@st.composite
def _mistyped(draw: st.DrawFn, text: str) -> str:
    """A command that has lost something, or has got a sign or another command's end."""
    for _ in range(draw(st.integers(1, 3))):
        start, more = draw(st.integers(0, len(text))), draw(st.integers(0, 6))
        other = draw(st.sampled_from(_cases()))["commands"][0]
        text = draw(
            st.sampled_from(
                [
                    text[:start] + text[start + more :],
                    text[:start] + draw(st.sampled_from(_SIGNS)) + text[start:],
                    text[:start],
                    text[:start] + other[min(start, len(other)) :],
                ]
            )
        )
    return text


@st.composite
def _mistyped_case(draw: st.DrawFn) -> dict[str, Any]:
    """A case of the verdict with one of its commands mistyped."""
    case = draw(st.sampled_from(_cases()))
    place = draw(st.integers(0, len(case["commands"]) - 1))
    commands = [*case["commands"]]
    commands[place] = draw(_mistyped(commands[place]))
    return {**case, "commands": commands}


MISTYPED = _mistyped_case()

FILES = st.fixed_dictionaries(
    {},
    optional={
        "Dockerfile": _DOCKERFILES,
        "web/Dockerfile": _DOCKERFILES,
        "a.py": _joined(_one_of(_CODE).map("{}\n".format), 5),
        "compose.yaml": poisoned(_COMPOSE).map(json.dumps)
        | st.sampled_from(["a: 2026-99-99", "a: 0x_", "services: &a {web: *a}", "- " * 5000, "[" * 5000]),
    },
)
USES = _one_of("""\
docker build -t a .|docker run a|docker run --rm a cat a.py|docker run -v ./a.py:/b.py a python /b.py|docker compose up
docker compose run web cat b.py|docker compose exec web cat /greeting|docker compose logs web|python a.py|cat a.py > a
docker build -t a web|sh a.py|node a.py|grep 5 a.py|sed -i s/a/b/ a.py""")
