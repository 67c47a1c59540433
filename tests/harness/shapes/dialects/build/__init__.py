"""docker build by BuildKit, docker buildx bake: steps run side by side, so they come in many orders.

On a terminal a step is a line and what is indented under it; with --progress=plain it is all lines of one number, and
the numbers follow the order. Both become steps here, and are put into one order (order.py).
"""

import re
from collections.abc import Sequence

from harness.shapes.dialects.build import first, order, plain, said, terminal
from harness.shapes.dialects.images import seconds_of
from harness.shapes.lines import Line, has_gap
from harness.shapes.policies import Dialect, Policy, Rewrite
from harness.shapes.policies.typed import Typed

_BASE = re.compile(r"\A( => (?:(?:CACHED|ERROR|CANCELED) )?|#\d{1,4} )\[\S{1,100} 1/\d{1,3}\] (?=FROM )")
_TIME_OF_DONE = re.compile(r" (?:\d{1,3}m ?)?\d{1,6}(?:\.\d{1,9})?(?: ?ms|s)(?= done\Z)")
_TWO_SIDES = ("failed to run Build function: ", "failed to solve: ")
_NO_FILE = "ERROR: failed to build: failed to {}: failed to read dockerfile: open Dockerfile: no such file"
_STEPS = (" => ", "[+] Building ", "#")  # what a line of a step begins with, or the line above them
_BUILT = """\
[+] Building 0.4s (5/5) FINISHED  docker:default
 => [internal] load build definition from Dockerfile  0.0s
{} => [{} 1/2] FROM docker.io/library/busybox:latest  0.0s
 => [lid 2/2] RUN echo flour > stock.txt  0.1s
 => exporting to image  0.0s"""
_PLAIN = """\
#1 [internal] load build definition from Dockerfile
#1 transferring dockerfile: 38B done
#1 DONE 0.0s

#2 [paper 1/1] RUN seq 1 5 > /pages
#2 DONE 0.4s

#3 [ink 1/1] RUN echo black > /colour
#3 DONE 0.4s

#4 exporting to image
#4 writing image sha256:{0}
#4 writing image sha256:{0} done
#4 DONE 0.0s"""
# 28.5.2, where both had been built before
_WORKDIR, _COPY = "#8 [mix 2/4] WORKDIR /mix\n#8 CACHED", "#9 [mix 3/4] COPY jingle.c .\n#9 CACHED"
_AGAIN = "#1 [internal] load build definition from Dockerfile\n\n{}\n\n{}\n\n#10 [mix 4/4] RUN make\n#10 CACHED"
_SENT_FIRST, _META = "#1 [internal] load build definition from Dockerfile", "[internal] load metadata for debian"
_SENT = "#1 transferring dockerfile: 38B done\n"
_PAPER = "#2 [paper 1/1] RUN seq 1 5 > /pages\n"
_IN_TURN = "\n#3 [ink 1/1] RUN echo black > /colour\n#3 DONE 0.4s\n"
_TURNS = f"{_PAPER}#2 ...\n{_IN_TURN}\n{_PAPER}#2 DONE 0.4s\n"
_HISTORY = "BUILD ID                    NAME    STATUS      CREATED AT      DURATION\n{}\n{}"
_HELLO = "rcfgcw0urrmjc0l4cqyn4ssf6   hello   Completed   2 seconds ago   1.3s"
_MULTI = "ouvj8kyuiaolvoaxbxlpkup7p   multi   Completed   2 seconds ago   1.7s"
_IGNORE = " => [internal] load .dockerignore  0.0s\n"
_WARNED = " => WARN: StageNameCasing: Stage name 'Radio' should be lowercase (line 1)  0.0s\n"
_AUTH = " => [auth] library/busybox:pull token for registry-1.docker.io  0.0s\n"
# 28.5.2, the containerd store
_CHECKED = "\n 2 warnings found (use docker --debug to expand):\n{}\n{}"
_CASING = " - StageNameCasing: Stage name 'Radio' should be lowercase (line 1)"
_FORMAT = ' - LegacyKeyValueFormat: "ENV key=value" should be used instead of legacy "ENV key value" format (line 2)'
_CODE = "RUN echo tuning && echo static >&2 && echo tuned"
# 26 and 28.5.2, the classic builder
_CLASSIC = f"""\
Step 2/4 : {_CODE}
 ---> Running in 9299306a46c1
{{}}
tuned
 ---> Removed intermediate container 9299306a46c1"""
_RADIO = f"#4 [1/3] FROM debian:13\n#4 DONE 0.0s\n\n#5 [2/3] {_CODE}\n{{}}\n#5 1.618 tuned\n#5 DONE 1.8s"
_FAILED = f"""\
[+] Building 2.1s (5/6)
 => ERROR [2/3] {_CODE} && false    1.9s
------
 > [2/3] {_CODE} && false:
{{}}
------
Dockerfile:2"""

ROWS = (
    Rewrite(
        name="which of several stages on one base gives its name",
        sign=" 1/",
        write=lambda text: _BASE.sub(r"\1[base] ", text),
        seen=((_BUILT.format(_IGNORE, "jar"), _BUILT.format(_IGNORE, "lid")),),
        damaged=(("busybox", "debian"), ("1/2] FROM", "2/2] FROM"), ("[lid 2/2]", "[jar 2/2]")),
        typed="docker build .",
    ),
    Rewrite(
        name="how long it took to be done",
        sign=" done",
        write=lambda text: _TIME_OF_DONE.sub("", text) if text.startswith("#") else text,
        seen=(("#1 exporting layers 0.1s done\n#1 DONE 0.2s", "#1 exporting layers done\n#1 DONE 0.2s"),),
        damaged=(("layers", "players"), ("layers done", "layers")),
        typed="docker build --progress=plain .",
    ),
    Rewrite(
        name="which of two sides of a failed build speaks first, on 28",
        sign=_TWO_SIDES[0],
        write=lambda text: text.replace(*_TWO_SIDES),
        seen=((_NO_FILE.format("solve"), _NO_FILE.format("run Build function")),),
        damaged=(("read dockerfile", "read context"), ("failed to build: ", "")),
        typed="docker build empty",
    ),
    Dialect(
        name="warnings of a build's checks",
        lines=r" - [A-Z]\w{2,60}: .*\(line \d{1,5}\)",
        policy=Policy.SET,
        seen=((_CHECKED.format(_CASING, _FORMAT), _CHECKED.format(_FORMAT, _CASING)),),
        damaged=(("StageName", "StageTag"), (f"\n{_CASING}", ""), (_FORMAT, f"{_FORMAT}\n{_FORMAT}")),
        typed="docker build .",
    ),
    Dialect(
        name="a warning of a build's checks as it comes, which compose doesn't repeat at the end",
        lines=r" => WARN: .*",
        command=Typed("docker compose"),
        policy=Policy.LEFT_OUT,
        seen=((_BUILT.format("", "jar"), _BUILT.format(_WARNED, "jar")),),
        damaged=(("flour", "sugar"), ("WARN", "FAIL")),
        typed="docker compose build",
    ),
    Dialect(
        name="two streams of one step",
        policy=Policy.TREE,
        seen=(
            (_CLASSIC.format("tuning\nstatic"), _CLASSIC.format("static\ntuning")),
            (
                _RADIO.format("#5 0.895 tuning\n#5 0.895 static"),
                _RADIO.format("#5 1.517 static\n#5 1.518 tuning"),
            ),
            (
                _FAILED.format("0.895 tuning\n0.895 static"),
                _FAILED.format("1.517 static\n1.518 tuning"),
            ),
        ),
        damaged=(
            ("static\ntuning", "static"),
            ("static\ntuning", "static\nturning"),
            (" ---> Running in 9299306a46c1\nstatic", "static\n ---> Running in 9299306a46c1"),
            ("#5 1.517 static\n", ""),
            ("tuned\n", "turned\n"),
            ("1.517 static\n1.518 tuning\n", "1.517 static\n"),
        ),
        typed="DOCKER_BUILDKIT=0 docker build late",
    ),
    Dialect(
        name="builds of one age",
        columns=("BUILD ID", "CREATED AT"),
        policy=Policy.TIED,
        value=lambda line: line.cell("CREATED AT"),
        rank=lambda line: seconds_of(line.cell("CREATED AT")),
        seen=((_HISTORY.format(_HELLO, _MULTI), _HISTORY.format(_MULTI, _HELLO)),),
        damaged=(("hello", "hullo"), ("Completed", "Error    "), ("1.3s", "1.3x"), ("2 seconds", "9 seconds")),
        typed="docker buildx history ls",
    ),
    Dialect(
        name="what a build reads first, cut off",
        policy=Policy.CUT,
        command=first.builds,
        value=first.what,
        reduce=first.without_numbers,
        seen=(
            (
                f"{_SENT_FIRST}\n#1 DONE 0.0s\n#2 {_META}\n#2 DONE 0.0s",
                f"{_SENT_FIRST}\n#1 DONE 0.0s\n{_SENT_FIRST}\n#1 DONE 0.1s",
            ),
        ),
        damaged=(("definition", "definitions"), ("DONE 0.1s", "ERROR"), ("\n#1 DONE 0.1s", "")),
        typed="docker build --progress=plain . 2>&1 | grep -E '^#[0-9]+ ' | head -n 4",
    ),
    Dialect(
        name="steps of a build",
        policy=Policy.TREE,
        seen=(
            (
                _BUILT.format(_IGNORE, "jar"),
                _BUILT.replace(" => [internal]", f"{_IGNORE} => [internal]", 1)
                .format(_AUTH, "jar")
                .replace("5/5", "6/6"),
            ),
            (_AGAIN.format(_WORKDIR, _COPY), _AGAIN.format(_COPY.replace("#9", "#8"), _WORKDIR.replace("#8", "#9"))),
            (
                _PLAIN.format("a" * 64),
                _PLAIN.format("b" * 64).replace(f"{_PAPER}#2 DONE 0.4s\n{_IN_TURN}", _TURNS),
            ),
        ),
        damaged=(
            ("6/6", "5/5"),
            ("[auth]", "[oath]"),
            ("flour", "sugar"),
            ("COPY jingle.c", "COPY jungle.c"),
            ("#9 CACHED\n", ""),
            ("exporting", "importing"),
            (_TURNS, _TURNS.removeprefix(_PAPER)),
            (_TURNS, f"{_PAPER}{_TURNS}"),
            (_TURNS, _TURNS.replace(f"\n\n{_PAPER}", "\n\n")),
            (_SENT, _SENT * 2),
            ("#2 ...\n", ""),
            ("#2 ...\n", "#2 ...\n#2 ...\n"),
            ("#2 DONE 0.4s\n", "#2 DONE 0.4s\n#2 DONE 0.4s\n"),
            (f"sha256:{'b' * 64} done", f"sha256:{'c' * 64} done"),
        ),
        typed="docker build .",
    ),
)


def arrange(sample: Sequence[Line], actual: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """Both outputs with their build steps in an order that doesn't depend on the run."""
    if has_gap(sample):
        return list(sample), list(actual)  # where steps are left out, nothing says which
    shown, printed = ({line.text for line in lines} for lines in (sample, actual))  # each is looked at once
    if any(text.startswith(said.CLASSIC) for text in shown):
        return said.of_classic(sample), said.of_classic(actual)
    if not any(text.startswith(_STEPS) for text in shown | printed):
        return list(sample), list(actual)
    cut_short = terminal.cancelled(shown | printed)
    targets = order.targets_of(shown, printed)
    if len(targets) > 1:
        sample, actual = order.with_shared_steps(sample, actual, targets)
    ours, theirs = (plain.arrange(terminal.arrange(lines, cut_short, targets), targets) for lines in (sample, actual))
    return ours, theirs
