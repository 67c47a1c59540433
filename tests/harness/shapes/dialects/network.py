"""docker network, and what answers for names in one"""

import re

from harness.claims.commands import Command
from harness.shapes.lines import Line
from harness.shapes.policies import Dialect, Policy, Rewrite, pieces_in_any_order
from harness.shapes.policies.typed import Typed, programs

_IN_USE = "network backend has active endpoints ({})"
_LINE_END = re.compile(r"println|\\n|\n")
_NETSTAT = "tcp        0      0 {:23} 0.0.0.0:*               LISTEN"
_SS = "LISTEN 0      511   {:>18}      0.0.0.0:* "
_WEB, _DNS = "0.0.0.0:80", "127.0.0.11:41234"
_ANSWER = "Non-authoritative answer:"
_ADDRESS = r"(?:(?:\d{1,3}\.){3}\d{1,3}|(?=[0-9a-f]*:[0-9a-f:]*:)[0-9a-f:]{3,39})"


_CONTAINER = re.compile(r'"?[0-9a-f]{64}"?:\{[^{}]*\}')
_CONTAINERS = re.compile(rf"{_CONTAINER.pattern}(?:[ ,]{_CONTAINER.pattern})+")
_OF_GO = "map[{}:{{web {} 02:4a:ed:55:9a:f1 10.40.0.9/24 }} {}:{{db {} 02:4a:ed:55:9a:f2 10.40.0.2/24 }}]"
_OF_GO_TURNED = "map[{2}:{{db {3} 02:4a:ed:55:9a:f2 10.40.0.2/24 }} {0}:{{web {1} 02:4a:ed:55:9a:f1 10.40.0.9/24 }}]"
_FOUR_IDS = ("a" * 64, "b" * 64, "c" * 64, "d" * 64)


def _containers_in_order(text: str) -> str:
    """The containers of a network in the order of what is in them, which begins with their names; not of their ids."""
    found = _CONTAINER.findall(text)
    between = "," if text[:1] == '"' else " "
    return between.join(sorted(found, key=lambda one: one.partition("{")[2]))


def _answers(line: Line) -> str:
    """What a line of an answer is: Server, its Address, aNswer, name, address; a blank for a blank line."""
    if not line.text:
        return " "
    return next((letter for letter, form in _LETTERS.items() if form.fullmatch(line.text)), "?")


_LETTERS = {
    "S": re.compile(r"Server:.*"),
    "A": re.compile(r"Address:\s*\S+:53"),
    "N": re.compile(re.escape(_ANSWER)),
    "n": re.compile(r"Name:.*"),
    "a": re.compile(r"Address(?: \d+)?: \S+"),
}


def _asks_for_addresses(one: Command) -> bool:
    return one.program in ("dig", "getent", "host")


def _has_line_for_each(one: Command) -> bool:
    if one.program == "jq":
        return any(".Containers" in word for word in one.words)
    is_of_network = one.plain_name == "docker network inspect"
    return is_of_network and any("range .Containers" in word and _LINE_END.search(word) for word in one.words)


ROWS = (
    Dialect(
        name="containers that keep a network from being removed",
        lines=r"[^(]{1,200} has active endpoints \(name:.*",
        policy=Policy.REDUCED,
        reduce=pieces_in_any_order(r", |(?<=\()|(?=\))"),
        seen=(
            (
                _IN_USE.format('name:"app" id:"3b59dfdcc72e", name:"tagged" id:"99ae539e5836"'),
                _IN_USE.format('name:"tagged" id:"3184b4af6c69", name:"app" id:"caa9c6d2471c"'),
            ),
        ),
        damaged=(('name:"app"', 'name:"api"'), (', name:"app" id:"caa9c6d2471c"', ""), ("active", "idle")),
        typed="docker network rm backend",
    ),
    Rewrite(
        name="containers of a network, on one line",
        sign="{",
        write=lambda text: _CONTAINERS.sub(lambda found: _containers_in_order(found[0]), text),
        seen=((_OF_GO.format(*_FOUR_IDS), _OF_GO_TURNED.format(*_FOUR_IDS)),),
        damaged=(("{web ", "{wet "), ("/24 ", "/16 ")),
        typed="docker network inspect -f '{{.Containers}}' mynet",
    ),
    Dialect(
        name="containers that a template lists, each on its line",
        command=lambda command: any(map(_has_line_for_each, programs(command))),
        policy=Policy.SET,
        seen=(("web 172.18.0.2/16\ndb 172.18.0.3/16", "db 172.19.0.2/16\nweb 172.19.0.3/16"),),
        damaged=(("web", "wet"), ("db 172.19.0.2/16\n", ""), ("/16\nweb", "/24\nweb")),
        typed="docker network inspect -f '{{range .Containers}}{{.Name}} {{.IPv4Address}}{{println}}{{end}}' mynet",
    ),
    Dialect(
        name="containers that a template lists",
        command=Typed("docker network inspect", word="range .Containers"),
        policy=Policy.REDUCED,
        reduce=pieces_in_any_order(r"[, ]+"),
        seen=(("web db", "db web"),),
        damaged=(("web", "wet"), ("db ", "")),
        typed="docker network inspect -f '{{range .Containers}}{{.Name}} {{end}}' mynet",
    ),
    *(
        Dialect(
            name=f"connections that {program} lists",  # in the order of a table by their ports, some of them chosen
            lines=form,
            command=Typed(program),
            policy=Policy.SET,
            seen=((f"{row.format(_WEB)}\n{row.format(_DNS)}", f"{row.format(_DNS)}\n{row.format(_WEB)}"),),
            damaged=((":80 ", ":81 "), (f"{row.format(_DNS)}\n", ""), ("LISTEN", "ESTAB")),
            typed=f"docker exec web {program} -tln",
        )
        for program, form, row in (
            ("netstat", r"(?:tcp|udp)6? +\d+ +\d+ +\S+ +\S+ .*", _NETSTAT),
            ("ss", r"(?:(?:tcp|udp) +)?[A-Z-]{3,10} +\d+ +\d+ +\S+ +\S+.*", _SS),
        )
    ),
    Dialect(
        name="answers of nslookup",
        command=Typed("nslookup"),
        policy=Policy.SET,
        seen=((f"{_ANSWER}\n\n{_ANSWER}\nName:   store", f"{_ANSWER}\nName:   store\n\n{_ANSWER}"),),
        damaged=(("Name:   store", "Name:   stare"), (f"\n\n{_ANSWER}", "")),
        typed="docker run --rm --network backend busybox nslookup store",
    ),
    Dialect(
        name="answers of nslookup, of which a part is shown",
        command=Typed("nslookup"),
        policy=Policy.PART,
        value=_answers,
        wholes=tuple(frozenset({f"SA N N{pairs}", f"SA N{pairs}N "}) for pairs in ("na ", "nana ", "nanana ")),
        seen=((f"{_ANSWER}\nName:   relay\nAddress: 10.89.1.50", f"Address: 10.89.1.50\n\n{_ANSWER}"),),
        damaged=(
            ("10.89.1.50", "nowhere"),
            ("Address: 10.89.1.50\n", ""),
            (f"\n\n{_ANSWER}", ""),
            ("Non-authoritative", "Authoritative"),
            (_ANSWER, "** server can't find relay: NXDOMAIN"),
        ),
        typed="docker run --rm --network north busybox nslookup relay | tail -4",
    ),
    Dialect(
        name="addresses that a name server gives in turn",
        command=lambda command: any(map(_asks_for_addresses, programs(command))),
        lines=rf"{_ADDRESS}(?:[ \t].*)?|\S{{1,250}}[ \t]+\d{{1,9}}[ \t]+IN[ \t]+A{{1,4}}[ \t]+{_ADDRESS}",
        policy=Policy.SET,
        seen=(("10.89.1.50\n10.89.1.51", "10.89.1.51\n10.89.1.50"),),
        damaged=(("10.89.1.50", "nowhere"), ("10.89.1.51\n", "")),
        typed="docker run --network-alias feed --ip 10.89.1.50 a; docker run --ip 10.89.1.51 a; dig +short feed",
    ),
)
