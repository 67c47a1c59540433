"""docker compose, and docker-compose 1"""

import re
from collections.abc import Sequence
from itertools import takewhile

from harness.shapes.lines import Line, spelled_all
from harness.shapes.policies import Dialect, Policy, Rewrite, pieces_in_any_order
from harness.shapes.policies.typed import Typed

_SPINNER = dict.fromkeys(map(ord, "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏"), "⠿")  # what turns while something is under way
_LAYERS = re.compile(r"(?<=\S )\d{1,4} layers? \[[^ ]*\](?= .*Pulled )")
_PROGRESS = re.compile(r"\A(\[\+\] [A-Za-z][a-z]+ )(\d{1,4})/(\d{1,4})\Z")
_TIME_AT_ONCE = re.compile(r"\A( {0,5}[^\w\s] \S.*[A-Za-z])(\d{1,6}\.\ds ?)\Z")
_LAYER = r" {1,5}\S [0-9a-f]{12} (?:Pull complete|Already exists) .*"
_OF_SERVICE = r" \S [\w.-]{1,100} (?:\d{1,4} layers? \[\S+\] .*)?(?:Pulled|Skipped) .*"
_STEP = re.compile(r" {1,5}[^\w\s] \S")
_UNDER_WAY = re.compile(r" {1,5}[⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏⠿] \S")
_STOPS = re.compile(r"Aborting on container exit\.\.\.|(?:\^C)?Gracefully [Ss]topping.*")
_ENDS = r"\S{1,100} exited with code \d{1,3}"

# compose 2.26 and Docker Hub itself
_PULLED = """\
[+] Running 4/4
 ✔ db 3 layers [⣿⣿⣿]      0B/0B      Pulled                                      6.9s
   ✔ bca4290a9639 Pull complete                                                  1.5s
   ✔ e17209f7d6fe Pull complete                                                  1.6s
   ✔ ac791973e295 Already exists                                                 0.0s"""
_FEWER = """\
[+] Running 3/3
 ✔ db 2 layers [⣿⣿]      0B/0B      Pulled                                       5.1s
   ✔ 1f7ce2fa46ab Pull complete                                                  1.5s
   ✔ 9b16c94bb686 Pull complete                                                  0.1s"""
_NETWORK = " ✔ Network shop_default  Created                                              0.1s"
_VOLUME = ' ✔ Volume "shop_data"    Created                                              0.0s'
# compose 2.26: what it counts where it draws this for the last time is a race.
_COUNTED = "[+] Running {}\n ✔ Network duty_default   Created    0.2s\n ⠋ Container duty-bell-1  Created    0.1s"
_STOPPING = " Container duty-bell-1  Stopping\n Container duty-door-1  Stopping"
_STOPPING_LAST = " Container duty-door-1  Stopping\n Container duty-bell-1  Stopping"
_STOPPED = " Container duty-bell-1  Stopped\n Container duty-door-1  Stopped"
# compose 2.26 draws it below what the services say, and wipes it in the end.
MENU = re.compile(r" *(?:\w (?:View in Docker Desktop|View Config|Enable Watch|Disable Watch|Detach)\b *)+")
_ATTACHED = """\
Attaching to web-1
web-1  | ready
{}^CGracefully Stopping... press Ctrl+C again to force
 Container shop-web-1 Stopping"""
_ORPHANS = re.compile(r"(?<=orphan containers \(\[)[^\[\]]*(?=\]\))")
_UPDATED = "\n".join(
    (
        "Updating service tower_bell (id: q68apr55gv2s7e9n9u64zfkz1)",
        "Updating service tower_clock (id: xi0i5g3mrgqkm35538skn4ot1)",
    )
)
_ORPHANED = "WARN[0000] Found orphan containers ([{}]) for this project."
_KILLED = "web-1 exited with code 137"
_ABORTED = """\
first-1  | one
first-1 exited with code 0
Aborting on container exit...
second-1  | three
{}second-1  | four
"""
_BELL_FIRST = ("bell-1 exited with code 0", "door-1 exited with code 5")
_ENDED = "bell-1  | ring\n{}\nAborting on container exit...\n{}"


def _pulled(run: list[Line]) -> list[Line]:
    """The services in one order, below each that it has layers."""
    services: list[list[Line]] = [[]]
    for line in run:
        if not re.fullmatch(_LAYER, line.text):
            services.append([line])
        elif not services[-1][1:]:
            services[-1].append(line.standing_for("layers pulled"))
    return [line for service in sorted(services, key=spelled_all) for line in service]


def _speaker(line: Line) -> str:
    return line.text.split(maxsplit=1)[0]


def _is_above_work(lines: Sequence[Line], index: int) -> bool:
    """Whether one of the steps below is under way, so that nobody knows how many are done."""
    steps = takewhile(lambda line: line.is_gap or _STEP.match(line.text), lines[index + 1 :])
    return any(line.is_gap or _UNDER_WAY.match(line.text) for line in steps)


def _is_of_menu(lines: Sequence[Line], index: int) -> bool:
    """Whether a line is one of a menu's, or blank above it; where compose stops, it leaves blanks wherever it was."""
    below = next((line.text for line in lines[index:] if line.text), "")
    if MENU.fullmatch(below):
        return True
    return any(_STOPS.fullmatch(line.text) for line in lines[:index]) and any(
        MENU.fullmatch(line.text) for line in lines
    )


ROWS = (
    Rewrite(
        name="what turns while something is under way",
        write=lambda text: text if text.isascii() else text.translate(_SPINNER),
        seen=((" ⠋ Container once-second-1  Created     0.1s", " ⠹ Container once-second-1  Created     0.1s"),),
        damaged=(("⠹", "✘"),),
        typed="docker compose up",
    ),
    Rewrite(
        name="the time of a step, which follows at once where only the errors go to a terminal",
        write=lambda text: _TIME_AT_ONCE.sub(r"\1 \2", text),
        sign="s",
        seen=((" ✔ Container shop-web-1  Started0.6s", " ✔ Container shop-web-1  Started1.1s"),),
        damaged=(("Started", "Stopped"), ("shop-", "ship-"), ("1.1s", "")),
        typed="docker compose up -d | tail -1",
    ),
    Rewrite(
        name="how many layers an image has",
        sign=" layer",
        write=lambda text: _LAYERS.sub("layers", text),
        seen=((_PULLED, _FEWER),),
        damaged=((" db ", " web "), ("Pulled ", "Failed ")),
        typed="docker compose pull",
    ),
    Rewrite(
        name="how many things are done",
        sign="[+] ",
        # What they are stands in the lines below, layers of an image among them.
        write=lambda text: _PROGRESS.sub(lambda of: of[1] + ("all" if int(of[2]) >= int(of[3]) else "some"), text),
        seen=(("[+] Running 1/2", "[+] Running 1/3"), ("[+] up 4/4", "[+] up 3/3")),
        damaged=(("1/3", "3/3"), ("Running", "Stopping")),
        typed="docker compose up",
    ),
    Dialect(
        name="how many things are done, above one that is under way",
        lines=_PROGRESS.pattern,
        policy=Policy.REDUCED,
        only=_is_above_work,
        reduce=lambda run: [line.standing_for(line.text[: line.text.rindex(" ")]) for line in run],
        seen=((_COUNTED.format("1/3"), _COUNTED.format("3/3")), (_COUNTED.format("1/1"), _COUNTED.format("1/3"))),
        damaged=(("Running", "Stopping"), ("Created", "Failed"), ("[+] Running 3/3\n", "")),
        typed="docker compose up",
    ),
    Dialect(
        name="services whose images are pulled, and the layers of each",
        lines=rf"{_LAYER}|{_OF_SERVICE}",
        policy=Policy.REDUCED,
        reduce=_pulled,
        seen=(
            (_PULLED, _FEWER),
            (" ✔ web Pulled    4.0s\n ✔ db Pulled     3.1s", " ✔ db Pulled     2.9s\n ✔ web Pulled    3.6s"),
        ),
        damaged=(
            ("1f7ce2fa46ab Pull complete", "1f7ce2fa46ab Pull failed  "),
            ("9b16c94bb686", "9b16c94bb68"),
            (" web ", " wob "),
            (" db Pulled ", " db Skipped "),
        ),
        typed="docker compose pull",
    ),
    Dialect(
        name="lines of services",
        lines=rf"\S{{1,100}} +\| .*|{_ENDS}",
        command=Typed("docker compose"),
        policy=Policy.REDUCED,
        reduce=lambda run: sorted(run, key=_speaker),  # each in their order, whoever speaks first
        seen=(
            ("web-1  | one\nweb-1  | two\ndb-1   | three", "db-1   | three\nweb-1  | one\nweb-1  | two"),
            (
                "cache-1  | Tue Nov 24 08:51:48 UTC 2026\nweb-1    | 7787ae40154a",
                "web-1  | 609c5dd265d2\ncache-1  | Tue Nov 24 08:57:46 UTC 2026",
            ),
        ),
        damaged=(("web-1  | one\nweb-1  | two", "web-1  | two\nweb-1  | one"), ("three", "four")),
        typed="docker compose up -d",
    ),
    Dialect(
        name="services that it attaches to",
        lines=r"Attaching to .*",
        policy=Policy.REDUCED,
        reduce=pieces_in_any_order(r",? "),
        seen=(("Attaching to shop_web_1, shop_db_1", "Attaching to shop_db_1, shop_web_1"),),
        damaged=(("shop_db_1", "shop_dc_1"), ("Attaching", "Attached")),
        typed="docker-compose logs",
    ),
    Dialect(
        name="containers that it is going to remove",
        lines=r"(?:\? )?Going to remove \S.*",
        policy=Policy.REDUCED,
        reduce=pieces_in_any_order(r",? "),
        seen=(("Going to remove shop-web-1, shop-db-1", "Going to remove shop-db-1, shop-web-1"),),
        damaged=(("shop-db-1", "shop-dc-1"), ("remove", "stop")),
        typed="docker compose rm -f",
    ),
    Dialect(
        name="containers, networks and volumes",
        lines=r" \S (?:Container|Volume|Image|Network) .*",
        policy=Policy.SET,
        seen=((f"{_NETWORK}\n{_VOLUME}", f"{_VOLUME}\n{_NETWORK}"),),
        damaged=(("Created", "Removed"), ("shop_data", "shop_date"), (f"{_VOLUME}\n", "")),
        typed="docker compose up -d",
    ),
    Dialect(
        name="containers of docker-compose 1",
        lines=r"(?:Creating|Starting|Recreating) \S+ +\.\.\..*|\S+ is up-to-date",
        policy=Policy.SET,
        seen=(
            (
                "Creating app_cache_1 ... done\nCreating app_web_1   ... done",
                "Creating app_web_1   ... done\nCreating app_cache_1 ... done",
            ),
        ),
        damaged=(("done", "failed"), ("app_web_1 ", "app_wob_1 ")),
        typed="docker-compose up -d",
    ),
    Dialect(
        name="containers, networks and volumes, without a terminal's signs",
        lines=r" (?:Container|Volume|Image|Network) \S+ +\S.*",
        policy=Policy.REDUCED,
        reduce=lambda run: sorted(run, key=lambda line: line.text.split()[:2]),  # each in its order
        seen=((f"{_STOPPING}\n{_STOPPED}", f"{_STOPPING_LAST}\n{_STOPPED}"),),
        damaged=(
            ("duty-bell-1  Stopped", "duty-bell-1  Removed"),
            (f"{_STOPPING_LAST}\n{_STOPPED}", f"{_STOPPED}\n{_STOPPING}"),
        ),
        typed="docker compose up",
    ),
    *(
        Dialect(
            name=f"containers that docker-compose 1 is {verb.lower()}",
            lines=rf"{verb} \S+ +\.\.\..*",
            policy=Policy.SET,
            seen=(
                (
                    f"{verb} app_cache_1 ... done\n{verb} app_web_1   ... done",
                    f"{verb} app_web_1   ... done\n{verb} app_cache_1 ... done",
                ),
            ),
            damaged=(("done", "failed"), ("app_web_1 ", "app_wob_1 ")),
            typed="docker-compose restart",
        )
        for verb in ("Restarting", "Stopping", "Killing", "Pausing", "Unpausing", "Removing")
    ),
    Rewrite(
        name="orphans, which come from a map of Go",
        sign="Found orphan containers",
        write=lambda text: _ORPHANS.sub(lambda found: " ".join(sorted(found[0].split())), text),
        seen=((_ORPHANED.format("shop-web-1 shop-db-1"), _ORPHANED.format("shop-db-1 shop-web-1")),),
        damaged=(("shop-db-1", "shop-dc-1"), ("shop-db-1 ", ""), ("orphan", "other")),
        typed="docker compose up -d",
    ),
    Dialect(
        name="services of a stack",
        lines=r"Creating service \S+|Updating service \S+ \(id: [0-9a-z]{25}\)",
        policy=Policy.SET,
        seen=(
            (
                "Creating service tower_bell\nCreating service tower_clock",
                "Creating service tower_clock\nCreating service tower_bell",
            ),
            (_UPDATED, "\n".join(reversed(_UPDATED.split("\n")))),
        ),
        damaged=(("tower_clock", "tower_bell"),),
        typed="docker stack deploy -c stack.yml tower",
    ),
    Dialect(
        name="services as they are listed, and their images, networks and volumes",
        command=Typed("docker compose config", ("--services", "--images", "--networks", "--volumes")),
        policy=Policy.SET,
        seen=(("web\ndb", "db\nweb"), ("redis:8\nnginx:1.30", "nginx:1.30\nredis:8")),
        damaged=(("db", "dc"), ("db\n", "")),
        typed="docker compose config --images",
    ),
    Dialect(
        name="menu of its keys",
        lines=rf"|{MENU.pattern}",
        command=Typed("docker compose up"),
        policy=Policy.LEFT_OUT,
        only=_is_of_menu,
        seen=(
            (
                _ATTACHED.format(""),
                _ATTACHED.format("\n\nv View in Docker Desktop   o View Config   w Enable Watch   d Detach\n"),
            ),
        ),
        damaged=(("web-1  | ready", "web-1  | ready\nw Enable Docker Debug"), ("web-1  | ready", "\nweb-1  | ready")),
        typed="docker compose up",
    ),
    Dialect(
        name="how services end that compose stops",
        lines=_ENDS,
        policy=Policy.LAST,
        only=lambda lines, index: any(_STOPS.fullmatch(line.text) for line in lines[:index]),
        value=_speaker,
        seen=(
            (_ABORTED.format("second-1 exited with code 4\n"), _ABORTED.format("")),
            (_ABORTED.format("") + "second-1 exited with code 4", _ABORTED.format("second-1 exited with code 4\n")),
            (_ENDED.format(*_BELL_FIRST), _ENDED.format(*reversed(_BELL_FIRST))),
            (
                _ATTACHED.format("") + f"\n{_KILLED}\n Container web-1 Stopped",
                _ATTACHED.format("") + f"\n Container web-1 Stopped\n{_KILLED}",
            ),
        ),
        damaged=(("first-1 exited with code 0\n", ""), ("Aborting", "Stopping"), ("second-1  | four", "")),
        typed="docker compose up --exit-code-from second",
    ),
)
